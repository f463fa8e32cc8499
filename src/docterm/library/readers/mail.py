"""The reader of mail: one message (.eml) or a folder of them (.mbox). Attachments are named and never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from docterm.errors import Code, ReadError
from docterm.library.model import Block, Role
from docterm.library.readers import Extract
from docterm.library.readers.decode import decode
from docterm.library.readers.html import LARGEST, read_page
from docterm.library.readers.lines import split_lines
from docterm.library.readers.paragraphs import paragraphs

_MOST_PARTS = 200
_DEEPEST = 20
_MOST_BOUNDARIES = 20_000
"""The parser's time grows with the square of their number."""
_MOST_MESSAGES = 20_000
_LONGEST_HEADER = 1000
_START = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{1,300}\d{4}[^\r\n]{0,40}\r?\n")
"""What parts the messages of a mbox: a line `From SENDER DATE` after an empty one."""
_QUOTED_START = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADER = re.compile(rb"[!-9;-~]{1,80}:")
_QUOTE = re.compile(r"(?:> ?)+")
_SIGNATURE = "-- "
_LONGEST_FIELD = 8192
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FIELD_START = re.compile(rb"\r?\n(?![ \t])")
_MALFORMED = (
    *(MessageError, ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError),
    ArithmeticError,  # a date in the year 99999999999
)
"""What the parser of the standard library is known to raise for headers that are no headers."""


def read(data: bytes) -> Extract:
    """Give the blocks of a message, or of all messages of a mbox, each of which begins with its subject as a subhead.

    The text of a message is its plain part, or its HTML where it has no other. Quoted paragraphs are body and
    keep one `>`; signatures, further recipients and the names of attachments are furniture. Raises ReadError
    for what is not mail.
    """
    starts = list(_START.finditer(data))
    if not starts or starts[0].start():
        if not _HEADER.match(data.lstrip(b"\xef\xbb\xbf\r\n")):
            raise ReadError(
                "The file is not a mail: it begins with no header.", "Give it the suffix of what it is.", Code.MALFORMED
            )
        return _Letter(data.lstrip(b"\xef\xbb\xbf\r\n")).extract()
    blocks: list[Block] = []
    notes: dict[str, None] = {}
    ends = [start.start() for start in starts[1:]] + [len(data)]
    for start, end in list(zip(starts, ends, strict=True))[:_MOST_MESSAGES]:
        letter = _Letter(_QUOTED_START.sub(rb"\1", data[start.end() : end])).extract()
        subject = letter.meta.get("title") or "(no subject)"
        rest = letter.blocks[1:] if letter.blocks and letter.blocks[0].role is Role.TITLE else letter.blocks
        blocks.append(Block(Role.SUBHEAD, subject))
        blocks += [Block(block.role, block.text, None, (subject,)) for block in rest]
        notes.update(dict.fromkeys(letter.notes))
    if len(starts) > _MOST_MESSAGES:
        notes[f"It holds {len(starts):,} messages; the first {_MOST_MESSAGES:,} were read."] = None
    return Extract(tuple(blocks), {"type": "personal_communication"}, tuple(notes))


def _with_short_headers(data: bytes) -> bytes:
    """Cut every header to what a person could mean: the parser's time grows with the square of some of them."""
    head = _HEAD_END.search(data)
    end = head.start() if head else len(data)
    fields = _FIELD_START.split(data[:end])
    return b"\n".join(field[:_LONGEST_FIELD] for field in fields) + data[end:]


class _Letter:
    """One message: its headers, the parts that are its text, and what is attached."""

    def __init__(self, data: bytes) -> None:
        self._notes: list[str] = []
        if data.count(b"\n--") > _MOST_BOUNDARIES:
            raise ReadError(
                f"The mail has more than {_MOST_BOUNDARIES:,} parts.", "Save its text by itself.", Code.TOO_BIG
            )
        try:
            self._message: Message = message_from_bytes(_with_short_headers(data), policy=policy.default)
        except _MALFORMED as error:
            raise ReadError(
                "The mail is damaged: its parts cannot be told apart.", "Save its text by itself.", Code.MALFORMED
            ) from error

    def extract(self) -> Extract:
        """Give the blocks of the message and what its headers say."""
        people = "; ".join(_people(_header(self._message, "from")))
        sent = _header(self._message, "date")
        meta = {
            "title": _header(self._message, "subject"),
            "author": people,
            "date": _day(sent),
            "message-id": _header(self._message, "message-id"),
            "type": "personal_communication",
        }
        to = "; ".join(_people(_header(self._message, "to")))
        front = (
            (Role.TITLE, meta["title"]),
            (Role.BYLINE, people),
            (Role.DATE, sent),
            (Role.FURNITURE, to and f"To: {to}"),
        )
        blocks = [Block(role, text) for role, text in front if text]
        for part in self._parts():
            blocks += self._blocks_of(part)
        return Extract(tuple(blocks), {name: value for name, value in meta.items() if value}, tuple(self._notes))

    def _parts(self) -> Iterator[Message]:
        """Give the parts that are not made of others, in order, of alternatives the one to be read."""
        todo = [(self._message, 0)]
        seen = 0
        while todo:
            part, depth = todo.pop()
            seen += 1
            if seen > _MOST_PARTS or depth > _DEEPEST:
                self._note(f"Parts beyond the first {_MOST_PARTS} or deeper than {_DEEPEST} were left out.")
                continue
            if not part.is_multipart() or _is_attached(part):
                yield part
                continue
            children = [child for child in part.get_payload() if isinstance(child, Message)]
            if part.get_content_type() == "multipart/alternative":
                children = _best(children)
            todo += [(child, depth + 1) for child in reversed(children)]

    def _note(self, sentence: str) -> None:
        if sentence not in self._notes:
            self._notes.append(sentence)

    def _blocks_of(self, part: Message) -> list[Block]:
        kind = _kind(part)
        if _is_attached(part) or kind not in ("text/plain", "text/html"):
            name = _file_name(part) or kind
            return [Block(Role.FURNITURE, f"Attachment: {name}")]
        try:
            text = _text(part)
            return _from_html(text) if kind == "text/html" else _from_text(text)
        except ReadError as error:
            self._note(f"A part was left out: {error.message}")
            return []


# --- headers -------------------------------------------------------------------------------------


def _header(message: Message, name: str) -> str:
    """Give a header as one line, as it stands where it cannot be parsed, or the empty string."""
    try:
        value = str(message[name] or "")
    except _MALFORMED:
        value = next((str(raw) for found, raw in message.raw_items() if found.lower() == name), "")
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").split())[:_LONGEST_HEADER]


def _people(header: str) -> list[str]:
    """Give the names in an address header, the address where there is no name."""
    try:
        pairs = getaddresses([header])
    except _MALFORMED:
        return [header] if header else []
    people = [name or address for name, address in pairs[:50] if name or address]
    return people or ([header] if header else [])


def _day(sent: str) -> str:
    try:
        return parsedate_to_datetime(sent).date().isoformat()
    except (*_MALFORMED, OverflowError):
        return ""


# --- parts ---------------------------------------------------------------------------------------


def _kind(part: Message) -> str:
    try:
        return part.get_content_type()
    except _MALFORMED:
        return "application/octet-stream"


def _file_name(part: Message) -> str:
    try:
        return " ".join(str(part.get_filename() or "").split())[:200]
    except _MALFORMED:
        return ""


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(_file_name(part))
    except _MALFORMED:
        return False


def _best(alternatives: list[Message]) -> list[Message]:
    """Give the alternative to be read: plain text that says something, else the last."""
    for part in alternatives:
        if _kind(part) == "text/plain" and not _is_attached(part) and _payload(part).strip():
            return [part]
    return alternatives[-1:]


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _MALFORMED:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    try:
        named = str(part.get_content_charset() or "")
    except _MALFORMED:
        named = ""
    payload = _payload(part)
    if len(payload) > LARGEST:
        raise ReadError(f"It has more than {LARGEST // 2**20} MB.", "Save its text by itself.", Code.TOO_BIG)
    return decode(payload, named).replace("\f", "\n") if payload else ""


def _from_html(text: str) -> list[Block]:
    blocks = read_page(text, whole=True).blocks
    return [Block(Role.SUBHEAD, block.text) if block.role is Role.TITLE else block for block in blocks]


def _from_text(text: str) -> list[Block]:
    """Give the paragraphs of a plain part: quoted ones with one `>`, the signature as furniture."""
    blocks: list[Block] = []
    lines, mark, signature = text.split("\n"), text.find(f"\n{_SIGNATURE}\n"), []
    if mark >= 0:
        before = text[:mark].split("\n")
        lines, signature = before, lines[len(before) + 1 :]
    for depth, run in _runs(lines):
        for paragraph in paragraphs(split_lines(run)):
            said = f"> {paragraph.text}" if depth else paragraph.text
            blocks.append(Block(Role.BODY if depth else paragraph.role or Role.BODY, said))
    closing = " · ".join(line for line in (" ".join(raw.split()) for raw in signature) if line)
    return [*blocks, Block(Role.FURNITURE, closing[:_LONGEST_HEADER])] if closing else blocks


def _runs(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Give the lines that follow each other and are as often quoted, without the marks, and how often."""
    run: list[str] = []
    before = 0
    for line in lines:
        mark = _QUOTE.match(line)
        depth = 0 if mark is None else mark[0].count(">")
        if depth != before and run:
            yield before, "\n".join(run)
            run = []
        before = depth
        run.append(line if mark is None else line[mark.end() :])
    if run:
        yield before, "\n".join(run)
