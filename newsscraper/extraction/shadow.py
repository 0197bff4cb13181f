"""Parts of a page that stand in a ``<template shadowrootmode>``: browsers show them without any script."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

SPELLINGS = (b"shadowrootmode", b"shadowRootMode", b"ShadowRootMode")
_TEMPLATES = "template[shadowrootmode]"
_DEEPEST = 16


def show(parsed: LexborHTMLParser) -> None:
    """Put each shadow tree where it is shown: at the head of its host, with what the host holds in its slots.

    What fits no slot stays behind the shadow tree. Browsers do not show it, but a page that says it for readers
    without shadow trees may say it only there.
    """
    hosts: set[int] = set()
    for _ in range(_DEEPEST):  # those in a shadow tree are found once it stands in the page
        templates = parsed.css(_TEMPLATES)
        for template in templates:
            host = template.parent
            if host is not None and host.mem_id not in hosts:  # a host has one shadow tree: its first
                hosts.add(host.mem_id)
                _show(template, host)
            template.decompose()
        if not templates:
            return


def _show(template: LexborNode, host: LexborNode) -> None:
    fragments = template.template_fragments()
    if not fragments:
        return
    shadow = fragments[0]
    assigned: dict[str, list[LexborNode]] = {}
    for child in list(host.iter(include_text=True)):
        if child.tag != "template":
            wanted = child.attributes.get("slot") if child.is_element_node else None
            assigned.setdefault(wanted or "", []).append(child)
    for slot in shadow.css("slot"):
        shown = assigned.pop(slot.attributes.get("name") or "", [])
        if any(child.is_element_node or (child.text_content or "").strip() for child in shown):
            for child in shown:
                slot.insert_before(child, move=True)
            slot.decompose()  # what stands in it is for want of anything else
    for child in list(shadow.iter(include_text=True)):
        template.insert_before(child, move=True)
