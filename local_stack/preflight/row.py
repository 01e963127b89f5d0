"""One thing that a start depends on, judged before anything is done."""

from dataclasses import dataclass

from local_stack import exit_codes
from local_stack.refusals import StackRefusal


@dataclass(frozen=True, slots=True)
class Row:
    """`exit_code` is what a start would end with because of this; 0 when it would go on."""

    check: str
    says: str
    exit_code: int = exit_codes.OK
    way_out: str = ""

    @property
    def ok(self) -> bool:
        """True when a start would not stumble over this."""
        return self.exit_code == exit_codes.OK

    def refusal(self) -> StackRefusal:
        """The row as a start says it."""
        return StackRefusal(self.says, exit_code=self.exit_code, way_out=self.way_out)
