"""The colours of series, on a light ground and on a dark one."""

HUES: tuple[tuple[str, str], ...] = (
    ("#0f766e", "#2dd4bf"),
    ("#c2680a", "#f5a742"),
    ("#4f5fd0", "#98a5ff"),
    ("#b83280", "#f08bc4"),
    ("#3f7d20", "#9bd36a"),
    ("#64748b", "#94a3b8"),
)


def hue(n: int) -> int:
    """Return the colour of the series `n`; after the last the first comes again."""
    return n % len(HUES)


def variables(is_dark: bool) -> str:
    """Return the declarations of the CSS variables that the style sheet of plots refers to."""
    return " ".join(f"--yj-hue-{n}: {pair[is_dark]};" for n, pair in enumerate(HUES))
