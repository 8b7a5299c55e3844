"""The OIDC provider of an installation, from the environment."""

from __future__ import annotations

import os


def single_sign_on() -> list[dict[str, object]]:
    """One provider when ANJU_OIDC_URL, ANJU_OIDC_CLIENT and ANJU_OIDC_SECRET are set, else none. ANJU_OIDC_NAME is its name on the page."""
    url = os.environ.get("ANJU_OIDC_URL")
    if not url:
        return []
    return [
        {
            "provider_id": "sso",
            "name": os.environ.get("ANJU_OIDC_NAME", "统一身份认证"),
            "client_id": os.environ["ANJU_OIDC_CLIENT"],
            "secret": os.environ["ANJU_OIDC_SECRET"],
            "settings": {"server_url": url},
        }
    ]
