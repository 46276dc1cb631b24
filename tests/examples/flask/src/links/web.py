"""The HTTP interface: keep a link, list the names, follow one, drop one."""

from __future__ import annotations

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as Answer

from links.store import RefusedError, Store


def create_app(most: int = 10_000) -> Flask:
    """Make the service, with an empty store for so many links."""
    app = Flask(__name__)
    # A body is a name and an address, and not larger than both can be.
    app.config["MAX_CONTENT_LENGTH"] = 4096
    store = Store(most)

    @app.get("/links")
    def list_links() -> Response:
        """List every name."""
        return jsonify(store.names())

    @app.post("/links")
    def keep_link() -> tuple[Response, int]:
        """Let a name stand for an address."""
        given = request.get_json()
        if not isinstance(given, dict):
            return jsonify({"error": "send an object with a name and an address"}), 400
        try:
            store.keep(str(given.get("name", "")), str(given.get("address", "")))
        except RefusedError as refused:
            return jsonify({"error": str(refused)}), 400
        return jsonify({"name": given["name"], "address": given["address"]}), 201

    @app.get("/links/<name>")
    def follow_link(name: str) -> Answer | tuple[Response, int]:
        """Lead to the address that a name stands for."""
        address = store.find(name)
        if address is None:
            return jsonify({"error": f"there is no link {name}"}), 404
        return redirect(address, 307)

    @app.delete("/links/<name>")
    def drop_link(name: str) -> tuple[str | Response, int]:
        """Forget a name."""
        if not store.drop(name):
            return jsonify({"error": f"there is no link {name}"}), 404
        return "", 204

    return app
