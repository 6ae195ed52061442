"""Writes the PDF and picture files of tests/fixtures/pdf again: `python tests/pdf_files.py`.

Needs fpdf2, reportlab, pypdf and pypdfium2, the Debian package fonts-noto-cjk and, for the page
that a browser prints, chromium. The files carry subsets of Noto Serif CJK SC (SIL Open Font
License 1.1, © Adobe). All places and texts in them are invented.
"""

import io
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures" / "pdf"
FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
SIMPLIFIED = 2
"""The number of Noto Serif CJK SC in its collection."""
A4 = (595.28, 841.89)
_NEVER_FIRST = "，。、；：！？）》”"

NOTICE = (
    "各乡镇人民政府，县政府各部门：",
    "　　现将《青禾县乡村小学午餐供应实施办法》印发给你们，请认真贯彻执行。执行中遇到的问题，请及时"
    "告知县教育局，由县教育局汇总后报县政府研究决定。",
    "　　一、总体要求",
    "　　（一）工作目标。到2026年，全县乡村小学全部建成食堂，午餐供应率达到98%以上，每餐费用不超过"
    "8元，家庭困难的学生不收费用。",
    "　　（二）基本原则。坚持安全第一，坚持就近供应，坚持公开透明。食堂账目每月公布一次，接受家长和"
    "社会监督，不得用于午餐以外的支出。",
    "　　二、主要任务",
    "　　（一）改建食堂。各乡镇应当在2025年9月前完成食堂改建，面积不足60平方米的予以扩建，所需经费"
    "由县财政承担七成，乡镇承担三成①。改建期间由邻近学校代为供应，路程超过3公里的，由县教育局安排车辆"
    "接送，不得让学生步行往返。",
    "　　（二）配备人员。每100名学生配备1名炊事员，不足100名的按100名计算。炊事员持健康证明上岗，"
    "每年体检一次。",
    "　　（三）保障食材。食材由县里统一采购，优先采购本县农产品，采购价格每季度向社会公布一次。学校"
    "应当留存样品48小时，留样不少于125克，并做好记录。",
    "　　三、组织实施",
    "　　（一）明确责任。县教育局牵头，县财政局、县市场监管局配合，各乡镇负责落实。",
    "　　（二）加强检查。县市场监管局每学期检查不少于2次，检查结果在五个工作日内向社会公开，发现问"
    "题的限期整改，逾期不改的依法处理。",
    "　　（三）定期报告。各乡镇每年12月底前向县教育局报告供应情况，县教育局汇总后报告县政府。",
)
FOOTNOTE = "①以上一年度县级决算为准。"
TABLE = (
    ("乡镇", "学校数", "完成时间"),
    ("东河乡", "3所", "2025年6月"),
    ("石桥镇", "5所", "2025年9月"),
    ("柳湾乡", "2所", "2025年8月"),
)
ARTICLES = (
    ("第一条", "为了规范校车管理，保障学生安全，结合本市实际，制定本规定。"),
    ("第二条", "本市行政区域内接送小学生和幼儿的校车，适用本规定。"),
    (
        "第三条",
        "校车应当每六个月检验一次。按照本规定第二条接送幼儿的，车上应当有照管人员，照管人员不得兼任"
        "驾驶人。",
    ),
    ("第四条", "校车行驶速度不得超过每小时60公里，遇雨雪天气不得超过每小时30公里。"),
    (
        "第五条",
        "驾驶人应当具备下列条件：\n（一）年龄不超过六十周岁；\n（二）三年内没有酒后驾驶记录；\n"
        "（三）身体健康。",
    ),
    ("第六条", "校车标牌由市公安局核发，有效期一年，期满前三十日内申请换发。"),
    ("第七条", "任何单位和个人不得以任何理由拦截正在行驶的校车，交通堵塞时应当让校车先行。"),
    ("第八条", "违反本规定第四条的，由公安机关处二百元以上一千元以下罚款。"),
    ("第九条", "市教育局应当建立校车信息系统，记录校车的线路、站点和时刻，并向家长公开。"),
    ("第十条", "本规定自2025年3月1日起施行。"),
)


NOTICE_TITLE = ("青禾县人民政府关于印发青禾县", "乡村小学午餐供应实施办法的通知")
LINES = {
    "notice.pdf": (
        "青禾县人民政府文件",
        "青政发〔2024〕15号",
        "".join(NOTICE_TITLE),
        *(text.lstrip("　") for text in NOTICE),
        "附件：各乡镇食堂改建安排表",
        "青禾县人民政府",
        "2024年11月6日",
        "附件",
        "各乡镇食堂改建安排表",
        *(" | ".join(row) for row in TABLE),
        f"[注] {FOOTNOTE}",
    ),
    "articles.pdf": (
        "白沙市校车安全管理规定",
        *(part for label, text in ARTICLES for part in f"{label}　{text}".split("\n")),
    ),
}
"""What is to be read in a file: its paragraphs and rows, a line each."""


def wrap(text: str, size: float, width: float, indent: float = 0) -> Iterator[str]:
    """Cut a text into lines as a word processor does: no closing punctuation begins a line."""
    line, room = "", width - indent
    for piece in re.findall(r"[!-~]+|.", text):
        wide = sum(0.5 if c < "\x7f" else 1.0 for c in piece) * size
        if wide > room + 0.01 and piece not in _NEVER_FIRST:
            yield line
            line, room = "", width
        line, room = line + piece, room - wide
    yield line


class Sheets:
    """Pages of an fpdf2 document on which lines are set one below the other, in points."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        from fpdf import FPDF

        self.pdf = FPDF(unit="pt", format=size)
        self.pdf.set_creation_date(datetime(2024, 1, 1, tzinfo=UTC))
        self.pdf.add_font("noto", fname=FONT, collection_font_number=SIMPLIFIED)
        self.size = size
        self.left, self.right, self.top, self.bottom = 80.0, size[0] - 80.0, 105.0, size[1] - 100.0
        self.y = 0.0

    def page(self) -> None:
        self.pdf.add_page()
        self.y = self.top

    def put(self, x: float, y: float, text: str, size: float) -> None:
        self.pdf.set_font("noto", size=size)
        self.pdf.text(x, y, text)

    def width(self, text: str, size: float) -> float:
        self.pdf.set_font("noto", size=size)
        return float(self.pdf.get_string_width(text))

    def centred(self, text: str, size: float, y: float) -> None:
        self.put((self.size[0] - self.width(text, size)) / 2, y, text, size)

    def centre(self, text: str, size: float, leading: float) -> None:
        self.centred(text, size, self.y)
        self.y += leading

    def paragraph(self, text: str, size: float = 16, leading: float = 28) -> None:
        body = text.lstrip("　")
        indent = (len(text) - len(body)) * size
        for n, line in enumerate(wrap(body, size, self.right - self.left, indent)):
            if self.y > self.bottom:
                self.page()
            self.put(self.left + (0 if n else indent), self.y, line, size)
            self.y += leading

    def bytes(self) -> bytes:
        return bytes(self.pdf.output())


def notice() -> bytes:
    """A 文件 in the form of GB/T 9704: red head, number, title, text, 落款, 附件 with a table."""
    sheets = Sheets()
    sheets.page()
    sheets.pdf.set_text_color(200, 0, 0)
    for n, character in enumerate("青禾县人民政府文件"):
        sheets.put(90 + n * 48, 150, character, 36)
    sheets.pdf.set_text_color(0, 0, 0)
    sheets.y = 200
    sheets.centre("青政发〔2024〕15号", 16, 12)
    sheets.pdf.set_draw_color(200, 0, 0)
    sheets.pdf.set_line_width(2)
    sheets.pdf.line(80, sheets.y, A4[0] - 80, sheets.y)
    sheets.y += 48
    for text, leading in zip(NOTICE_TITLE, (34, 44), strict=True):
        sheets.centre(text, 22, leading)
    for text in NOTICE:
        sheets.paragraph(text)
    sheets.y += 28
    sheets.paragraph("　　附件：各乡镇食堂改建安排表")
    sheets.y += 28
    for text, inset in (("青禾县人民政府", 64), ("2024年11月6日", 64)):
        sheets.put(sheets.right - inset - sheets.width(text, 16), sheets.y, text, 16)
        sheets.y += 28
    sheets.page()
    sheets.paragraph("附件")
    sheets.y += 12
    sheets.centre("各乡镇食堂改建安排表", 22, 30)
    grid(sheets, TABLE, (120.0, 120.0, 160.0))
    for number in range(1, sheets.pdf.page + 1):
        sheets.pdf.page = number
        x = 90 if number % 2 == 0 else A4[0] - 130
        sheets.put(x, A4[1] - 60, f"— {number} —", 14)
    sheets.pdf.page = 2
    sheets.pdf.set_line_width(0.5)
    sheets.pdf.line(80, A4[1] - 96, 200, A4[1] - 96)
    sheets.put(80, A4[1] - 80, FOOTNOTE, 10.5)
    return sheets.bytes()


def grid(sheets: Sheets, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """Draw a ruled table as word processors do: one rectangle around each cell."""
    sheets.pdf.set_line_width(0.5)
    sheets.pdf.set_draw_color(0, 0, 0)
    for row in rows:
        x = sheets.left
        for text, width in zip(row, widths, strict=True):
            sheets.pdf.rect(x, sheets.y, width, 30)
            sheets.put(x + 8, sheets.y + 20, text, 14)
            x += width
        sheets.y += 30


def columns() -> bytes:
    """Two pages of a gazette in two columns, with a running head and 第1页 共2页."""
    sheets = Sheets((420.0, 595.0))
    width, gutter, size, leading = 165.0, 20.0, 11.0, 19.0
    queue = [
        line
        for label, text in ARTICLES
        for n, part in enumerate(text.split("\n"))
        for line in _indented(f"{label}　{part}" if n == 0 else part, size, width)
    ]
    half = 17
    for number in (1, 2):
        sheets.page()
        sheets.put(35, 40, "白沙市人民政府公报", 9)
        sheets.put(320, 40, "2025年第2期", 9)
        sheets.put(180, 570, f"第{number}页 共2页", 9)
        top = 85.0
        if number == 1:
            sheets.centred("白沙市校车安全管理规定", 18, 85)
            top = 120.0
        for column in (0, 1):
            taken, queue = queue[:half], queue[half:]
            for n, (indent, line) in enumerate(taken):
                x = 35 + column * (width + gutter) + indent
                sheets.put(x, top + n * leading, line, size)
    assert not queue
    return sheets.bytes()


def _indented(text: str, size: float, width: float) -> Iterator[tuple[float, str]]:
    for n, line in enumerate(wrap(text, size, width, 2 * size)):
        yield (0.0 if n else 2 * size), line


def articles() -> bytes:
    """Articles in a font that is not in the file, as ReportLab's own Chinese font is."""
    from reportlab.lib.pagesizes import A4 as PAGE
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PAGE, invariant=True)
    canvas.setFont("STSong-Light", 22)
    canvas.drawCentredString(PAGE[0] / 2, 740, "白沙市校车安全管理规定")
    y = 690.0
    for label, text in ARTICLES:
        for n, part in enumerate(text.split("\n")):
            for indent, line in _indented(f"{label}　{part}" if n == 0 else part, 16, 432):
                canvas.setFont("STSong-Light", 16)
                canvas.drawString(81 + indent, y, line)
                y -= 27
    canvas.saveState()
    canvas.translate(150, 300)
    canvas.rotate(45)
    canvas.setFont("STSong-Light", 40)
    canvas.drawString(0, 0, "内部资料请勿外传")
    canvas.restoreState()
    hidden = canvas.beginText(81, 400)
    hidden.setTextRenderMode(3)
    hidden.setFont("STSong-Light", 16)
    hidden.textOut("看不见的文字")
    canvas.drawText(hidden)
    canvas.save()
    return out.getvalue()


def layer() -> bytes:
    """A page as scanners write it: what was recognised stands unseen, here with no picture."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    text = canvas.beginText(81, 700)
    text.setTextRenderMode(3)
    text.setFont("STSong-Light", 16, 27)
    for label, line in ARTICLES[:2]:
        text.textLine(f"{label}　{line[:20]}。")
    canvas.drawText(text)
    canvas.save()
    return out.getvalue()


PRINTED = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>借阅办法</title>
<style>@font-face {{ font-family: small; src: url("{font}") }}
@page {{ size: A4; margin: 25mm }} body {{ font: 14pt small }}
h1 {{ text-align: center; font: 20pt small }}
p {{ text-indent: 2em; text-align: justify; margin: 0; line-height: 1.8 }}
table {{ border-collapse: collapse }} td {{ border: 1px solid; padding: 4px 20px }}</style>
<h1>清水镇图书借阅办法</h1>{body}</html>"""
PRINTED_LINES = (
    "一、借阅期限",
    "图书每次可借30天，最多续借2次。逾期不还的，每天缴纳0.1元，累计不超过图书的定价；学生逾期的，"
    "只提醒，不收费。",
    "二、开放时间",
    "图书室每周开放不少于42小时，法定节假日照常开放。",
    "日期 | 上午 | 下午",
    "周一至周五 | 9时至12时 | 14时至18时",
    "周末 | 不开放 | 13时至19时",
    "三、损坏赔偿",
    "图书损坏或者遗失的，照原价赔偿；珍贵图书按原价的3倍赔偿。",
)
LINES["columns.pdf"] = LINES["articles.pdf"]
LINES["browser.pdf"] = ("清水镇图书借阅办法", *PRINTED_LINES)


def _printed_body() -> str:
    parts = []
    for line in PRINTED_LINES:
        cells = "".join(f"<td>{cell}</td>" for cell in line.split(" | "))
        parts.append(f"<tr>{cells}</tr>" if " | " in line else f"<p>{line}</p>")
    body = "".join(parts)
    return body.replace("<tr>", "<table><tr>", 1).replace("</tr><p>", "</tr></table><p>")


def browser() -> bytes:
    """A page that Chromium prints, its borders thin filled shapes."""
    with tempfile.TemporaryDirectory() as folder:
        page, out, font = (Path(folder, name) for name in ("page.html", "page.pdf", "font.otf"))
        html = PRINTED.format(font=font.as_uri(), body=_printed_body())
        page.write_text(html, encoding="utf-8")
        cut_font(html, font)
        chromium = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
        ]
        subprocess.run(
            [*chromium, f"--print-to-pdf={out}", page.as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return re.sub(rb"D:\d{14}", b"D:20240101000000", out.read_bytes())


def cut_font(text: str, path: Path) -> None:
    """Write a font with the characters of a text alone."""
    from fontTools import subset

    options = subset.Options(font_number=SIMPLIFIED, desubroutinize=True)
    font = subset.load_font(FONT, options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    subset.save_font(font, str(path), options)


SCANNED = (
    ("清水镇校园用电安全规定", 26.0),
    ("", 20.0),
    ("　　第一条　学校每月检查用电线路一次，并做好检查记录，记录保存", 17.0),
    ("不少于2年。", 17.0),
    ("　　第二条　宿舍内不得使用功率超过800瓦的电器。", 17.0),
    ("　　第三条　本规定自2024年9月1日起施行。", 17.0),
)


def scan_source() -> bytes:
    """The page that is then turned into a picture."""
    sheets = Sheets((595.0, 330.0))
    sheets.page()
    sheets.y = 60
    for text, size in SCANNED:
        if size > 20:
            sheets.centre(text, size, 40)
        else:
            body = text.lstrip("　")
            sheets.put(45 + (len(text) - len(body)) * size, sheets.y, body, size)
            sheets.y += 34
    sheets.centred("— 1 —", 12, 310)
    return sheets.bytes()


def picture(data: bytes, form: str, dpi: int = 150, **options: object) -> bytes:
    """The first page of a PDF in eight shades of grey, as a PNG or JPEG file."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        image = pdf[0].render(scale=dpi / 72, grayscale=True).to_pil()
    out = io.BytesIO()
    image.quantize(8).convert("L").save(out, form, **options)
    return out.getvalue()


def scanned(jpeg: bytes) -> bytes:
    """A PDF whose only page is a picture."""
    sheets = Sheets((595.0, 330.0))
    sheets.pdf.add_page()
    sheets.pdf.image(io.BytesIO(jpeg), 0, 0, 595, 330)
    return sheets.bytes()


def unmapped(data: bytes) -> bytes:
    """A PDF whose fonts no longer say which characters their glyphs are."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for item in writer._objects:
        if isinstance(item, DictionaryObject) and "/ToUnicode" in item:
            del item["/ToUnicode"]
    return _written(writer)


def locked(data: bytes, user: str) -> bytes:
    """The same PDF encrypted; with an empty user password it opens, but may not be changed."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user, "owner", algorithm="AES-256")
    return _written(writer)


def lively(data: bytes) -> bytes:
    """The same PDF with a script and a file within."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.add_attachment("附带.txt", "附带的文字".encode())
    return _written(writer)


def _written(writer: object) -> bytes:
    out = io.BytesIO()
    writer.write(out)  # type: ignore[attr-defined]
    return out.getvalue()


def main() -> None:
    """Write every file."""
    scan = scan_source()
    jpeg = picture(scan, "JPEG", quality=25)
    plain, paper, short = notice(), scanned(jpeg), articles()
    files = {
        "notice.pdf": plain,
        "columns.pdf": columns(),
        "articles.pdf": short,
        "layer.pdf": layer(),
        "browser.pdf": browser(),
        "scanned.pdf": paper,
        "unmapped.pdf": unmapped(scan),
        "locked.pdf": locked(short, "secret"),
        "protected.pdf": locked(short, ""),
        "lively.pdf": lively(short),
        "scan.png": picture(scan, "PNG", optimize=True),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
