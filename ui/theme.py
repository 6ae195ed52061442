"""How the page looks: colours by theme variables, and the fonts of the reader's own system."""

from pathlib import Path
from typing import TYPE_CHECKING

from eval.plots import variables
from eval.plots.frame import STYLE as PLOTS
from eval.report.page import RESULTS

if TYPE_CHECKING:
    import gradio as gr

FONTS = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
SCRIPTS = ("page.js", "notices.js", "filters.js", "address.js", "reader.js", "label.js")
_HERE = Path(__file__).parent


def head() -> str:
    """The style sheet and the script of the page, as elements for its head.

    Gradio's own `css` would put every rule below its container, out of reach of the page's root.
    """
    style = (_HERE / "style.css").read_text("utf-8")
    script = "".join((_HERE / name).read_text("utf-8") for name in SCRIPTS)
    return f"<style>{_hues()}{style}{_shared()}</style><script>{script}</script>"


def _hues() -> str:
    """The colours of plots, on the light ground and on the dark one."""
    return f":root {{ {variables(is_dark=False)} }}\n.dark {{ {variables(is_dark=True)} }}\n"


def _shared() -> str:
    """The sheets that the report has as well, where they stand above what Gradio resets."""
    return f".gradio-container.gradio-container {{\n{PLOTS}{RESULTS}}}\n"


def theme() -> "gr.themes.Base":
    """A quiet theme; every pair of text and ground has a contrast of at least 4.5 to 1."""
    import gradio as gr

    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        secondary_hue=gr.themes.colors.amber,
        neutral_hue=gr.themes.colors.slate,
        font=FONTS,
        font_mono=("ui-monospace", "Consolas", "monospace"),
        radius_size=gr.themes.sizes.radius_md,
        text_size=gr.themes.sizes.text_lg,
    ).set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        background_fill_primary_dark="*neutral_900",
        background_fill_secondary_dark="*neutral_800",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_400",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        input_border_color_focus="*primary_600",
        input_border_color_focus_dark="*primary_400",
        link_text_color="*primary_700",
        link_text_color_dark="*primary_300",
        color_accent="*primary_700",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_hover_dark="*primary_800",
        button_primary_text_color="white",
        button_primary_text_color_dark="white",
    )
