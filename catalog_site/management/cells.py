"""Cells of a table that people open in a spreadsheet: nothing in them may run, nothing may be lost on the way back."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
MARK = "'"


def defused(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: such a one gets an apostrophe in front."""
    return f"{MARK}{text}" if text.startswith((*DANGEROUS, MARK)) else text


def plain(cell: str) -> str:
    """The text of a cell that `defused` may have marked."""
    return cell[1:] if cell.startswith(MARK) and cell[1:].startswith((*DANGEROUS, MARK)) else cell
