"""Addresses of version 1."""
urlpatterns = []
