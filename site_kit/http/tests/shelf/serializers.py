"""Bodies of the shelf's API."""

from typing import Any, ClassVar

from rest_framework import serializers

from site_kit.http.fields import SparseFields
from site_kit.http.serializers import StrictSerializer


class NoteRequest(StrictSerializer):
    """A note on a page."""

    page = serializers.IntegerField(min_value=1)
    text = serializers.CharField(max_length=50)


class BookRequest(StrictSerializer):
    """A book to put on the shelf."""

    title = serializers.CharField(max_length=100)
    shelf = serializers.CharField(max_length=20)
    price = serializers.DecimalField(max_digits=10, decimal_places=2)
    notes = NoteRequest(many=True, required=False)


class BookResponse(SparseFields):
    """A book."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset({"id"})
    EXPANDABLE: ClassVar[frozenset[str]] = frozenset({"neighbours", "history"})
    MAX_EXPAND: ClassVar[int] = 1

    id = serializers.IntegerField()
    title = serializers.CharField()
    shelf = serializers.CharField()
    price = serializers.DecimalField(max_digits=10, decimal_places=2)
    added_at = serializers.DateTimeField()
    neighbours = serializers.SerializerMethodField()
    history = serializers.SerializerMethodField()

    def get_neighbours(self, book: Any) -> list[int]:
        return [book.pk - 1, book.pk + 1]

    def get_history(self, book: Any) -> list[int]:
        return list(range(1, book.revision + 1))
