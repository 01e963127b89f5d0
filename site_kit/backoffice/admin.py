"""Windows on staff accounts and roles."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from site_kit.backoffice.model_admin import AppendOnlyAdmin, SiteModelAdmin
from site_kit.backoffice.models import Role, StaffMember

admin.site.unregister(Group)


@admin.register(StaffMember)
class StaffMemberAdmin(SiteModelAdmin[StaffMember], UserAdmin[StaffMember]):  # type: ignore[misc]  # Unfold: no types
    """Accounts of this back office; only a person with every right may change them."""

    icon = "badge"
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "roles", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username",)
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        ("Rights", {"fields": ("groups", "is_superuser")}),
        ("Known since", {"fields": ("created_at", "last_login")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "usable_password", "password1", "password2", "groups")}),)

    @admin.display(description="roles")
    def roles(self, member: StaffMember) -> str:
        """The names of the person's roles."""
        return ", ".join(group.name.replace("_", " ") for group in member.groups.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[StaffMember]:
        """Accounts with their roles at hand."""
        return super().get_queryset(request).prefetch_related("groups")

    def through_operation(self, request: HttpRequest, form: Any, known: StaffMember | None) -> StaffMember:
        """Accounts are their own operation: one row and its roles."""
        member: StaffMember = form.save()
        return member

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Only with every right: who may hand out rights holds them all."""
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: StaffMember | None = None) -> bool:
        """Only with every right."""
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: StaffMember | None = None) -> bool:
        """Never: an account that wrote history is closed, not deleted."""
        return False


@admin.register(Role)
class RoleAdmin(AppendOnlyAdmin[Role]):
    """Roles are declared in code and synced; here they are read."""

    icon = "key"
    list_display: ClassVar[list[str]] = ["name"]
    search_fields: ClassVar[list[str]] = ["name"]
    fields: ClassVar[list[str]] = ["name", "rights"]
    readonly_fields: ClassVar[list[str]] = ["name", "rights"]

    @admin.display(description="rights")
    def rights(self, role: Role) -> str:
        """What the role may do, in words."""
        return "; ".join(role.permissions.order_by("name").values_list("name", flat=True))
