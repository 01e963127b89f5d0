"""Passwords that a guesser would not try."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

WANTED_SCORE = 3  # of 4: more than 10^8 guesses
JUDGED_CHARACTERS = 100  # judging grows with the square of the length


class GuessableValidator:
    """Refuses what zxcvbn guesses in fewer than 10^8 tries; names, dates and common words cost it few."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises `ValidationError` with what would help."""
        from zxcvbn import zxcvbn  # its word lists are 10 MB that no process holds before somebody sets a password

        known = [user.get_username()] if user else []
        judged = zxcvbn(password[:JUDGED_CHARACTERS], user_inputs=known, max_length=JUDGED_CHARACTERS)
        if judged["score"] < WANTED_SCORE:
            advice = " ".join([judged["feedback"]["warning"], *judged["feedback"]["suggestions"]]).strip()
            raise ValidationError(f"This password is easy to guess. {advice}".strip(), code="password_guessable")

    def get_help_text(self) -> str:
        """What to tell before a password is chosen."""
        return "Several uncommon words, or letters by chance; not a name, a date or a common word."
