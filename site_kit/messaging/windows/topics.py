"""A window on the topics this site listens to."""

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from site_kit.backoffice.model_admin import SiteModelAdmin
from site_kit.messaging.emit import log_staff_change
from site_kit.messaging.models import ConsumedTopic
from site_kit.messaging.windows.why_form import WhyForm, why_of


@admin.register(ConsumedTopic)
class ConsumedTopicAdmin(SiteModelAdmin[ConsumedTopic]):
    """Whether they are there, and what happened to them."""

    icon = "podcasts"
    action_form = WhyForm
    actions = ("acknowledge",)
    list_display = ("topic", "is_present", "alarm", "alarmed_at")
    list_display_links = None
    ordering = ("topic",)

    @admin.action(description="Acknowledge the alarm", permissions=["change"])
    def acknowledge(self, request: HttpRequest, chosen: QuerySet[ConsumedTopic]) -> None:
        """Somebody has seen it."""
        for topic in chosen.exclude(alarm="").order_by("topic"):
            with transaction.atomic():
                ConsumedTopic.objects.filter(pk=topic.pk).update(alarm="", alarmed_at=None)
                log_staff_change("topic_alarm", topic.topic, change={"acknowledged": topic.alarm}, why=why_of(request))
