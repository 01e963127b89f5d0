"""What a site's settings take over: pure data, importable before Django is set up."""

from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["site_kit.http.tokens.BearerTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["site_kit.http.rate_limits.CallerThrottle"],
    "DEFAULT_PARSER_CLASSES": ["site_kit.http.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["site_kit.http.renderers.JsonRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "site_kit.http.negotiation.JudgingNegotiation",
    "DEFAULT_PAGINATION_CLASS": "site_kit.http.cursors.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "site_kit.http.openapi.ApiSchema",
    "EXCEPTION_HANDLER": "site_kit.http.problems.exception_handler",
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "NUM_PROXIES": 0,
    "COERCE_DECIMAL_TO_STRING": True,
}

SPECTACULAR: dict[str, Any] = {
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "PREPROCESSING_HOOKS": ["site_kit.http.openapi.only_the_api"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "site_kit.http.openapi.finish",
    ],
}
