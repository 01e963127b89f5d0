"""The middleware of site_kit.http, in the order of a request's trip; importable before Django is set up."""

MIDDLEWARE: list[str] = [
    "site_kit.http.correlation.CorrelationMiddleware",
    "site_kit.http.security_headers.SecurityHeadersMiddleware",
    "site_kit.http.problem_net.ProblemNetMiddleware",
    "site_kit.http.hop_limit.HopLimitMiddleware",
    "site_kit.http.deprecation.DeprecationMiddleware",
    "site_kit.http.database_gate.DatabaseGateMiddleware",
]
