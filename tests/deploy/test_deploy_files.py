"""The files of deploy/ are sound and agree with the service: names, ports, settings, limits."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml
from prometheus_client import Metric

from app.api import metrics
from app.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = {PREFIX + field.name.upper() for field in fields(Settings)}
#: Written by the data in use and by the process, not by our registry.
OTHER_METRICS = {
    "lodestone_data_info", "lodestone_data_age_days", "lodestone_data_checks_total",
    "process_resident_memory_bytes",
}  # fmt: skip


def documents(path: Path) -> list[Any]:
    return [one for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def manifests() -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((DEPLOY / "kubernetes").rglob("*.yaml")):
        for one in documents(path):
            if isinstance(one, dict):
                yield path, one


def of_kind(kind: str, folder: str = "base") -> dict[str, Any]:
    (found,) = [
        one
        for path, one in manifests()
        if one["kind"] == kind and path.is_relative_to(DEPLOY / "kubernetes" / folder)
    ]
    return found


def test_every_kustomization_names_files_that_exist_and_all_of_them() -> None:
    for path in (DEPLOY / "kubernetes").rglob("kustomization.yaml"):
        (kustomization,) = documents(path)
        named = set(kustomization.get("resources", []))
        named |= {patch["path"] for patch in kustomization.get("patches", [])}
        beside = {one.name for one in path.parent.glob("*.yaml")} - {path.name}
        assert all((path.parent / name).exists() for name in named), path
        assert beside <= named, path


def test_the_pod_is_locked_down() -> None:
    pod = of_kind("Deployment")["spec"]["template"]["spec"]
    (container,) = pod["containers"]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]


def test_the_pod_goes_only_after_its_requests_ended() -> None:
    pod = of_kind("Deployment")["spec"]["template"]["spec"]
    settings = of_kind("ConfigMap")["data"]
    needed = int(settings["LODESTONE_DRAIN_SECONDS"]) + int(settings["LODESTONE_STOP_SECONDS"])

    assert pod["terminationGracePeriodSeconds"] > needed
    probe = pod["containers"][0]["readinessProbe"]
    assert probe["periodSeconds"] * probe["failureThreshold"] < needed


def test_nothing_goes_out_of_the_pod() -> None:
    policy = of_kind("NetworkPolicy")["spec"]

    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}
    assert policy["egress"] == []


def test_every_setting_that_a_file_names_is_one() -> None:
    named = {
        f"{path.relative_to(ROOT)} {name}"
        for path in [ROOT / "Dockerfile", *DEPLOY.rglob("*")]
        if path.is_file()
        for name in re.findall(r"\bLODESTONE_[A-Z_]+\b", path.read_text(encoding="utf-8"))
        if name not in SETTINGS
    }

    assert named == set()


def test_settings_of_the_base_are_usable() -> None:
    data = dict(of_kind("ConfigMap")["data"])
    del data["LODESTONE_AUTH"], data["LODESTONE_AUTH_KEYS"]  # the file is in the cluster

    assert Settings.from_environment(data).rate_limit == "600/minute"


def test_the_rules_of_the_operator_are_those_of_the_file() -> None:
    (plain,) = documents(DEPLOY / "prometheus" / "rules.yaml")

    assert of_kind("PrometheusRule", "overlays/monitoring")["spec"] == plain


def test_alerts_and_dashboard_ask_for_metrics_that_exist() -> None:
    families: list[Metric] = list(metrics._REGISTRY.collect())
    known = OTHER_METRICS | {
        name
        for family in families
        for name in (family.name, f"{family.name}_total", f"{family.name}_bucket")
    }
    (rules,) = documents(DEPLOY / "prometheus" / "rules.yaml")
    board = json.loads((DEPLOY / "grafana" / "lodestone.json").read_text(encoding="utf-8"))
    queries = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    queries += [target["expr"] for panel in board["panels"] for target in panel["targets"]]

    asked = {
        name
        for query in queries
        for name in re.findall(r"\b(?:lodestone|process)_[a-z_]+\b", query)
    }

    assert len(queries) >= 20
    assert asked - known == set()


def test_every_panel_has_its_own_place_and_title() -> None:
    board = json.loads((DEPLOY / "grafana" / "lodestone.json").read_text(encoding="utf-8"))

    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]}
    titles = {panel["title"] for panel in board["panels"]}
    assert len(places) == len(titles) == len(board["panels"]) >= 10


def test_compose_takes_everything_away_that_is_not_needed() -> None:
    (compose,) = documents(DEPLOY / "compose.yaml")
    service = compose["services"]["lodestone"]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in service
    assert compose["networks"]["inside"] == {"internal": True}


def test_the_image_runs_as_nobody_without_a_shell() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]

    assert "USER 10001:10001" in last
    assert "RUN" not in re.findall(r"^([A-Z]+) ", last, re.MULTILINE)
    commands = re.findall(r"(?:CMD|ENTRYPOINT) (.)", last)
    assert commands == ["[", "[", "["]
    assert re.match(r"(?:#.*\n)*ARG BASE_IMAGE=[a-z0-9./:-]+@sha256:[0-9a-f]{64}\n", text)


def test_the_builder_gets_what_the_image_file_copies_and_nothing_else() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    admitted = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }

    copied = {
        name
        for names in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
        for name in names.split()
    }
    assert copied == admitted


def test_nginx_has_no_patience_and_asks_for_certificates() -> None:
    text = (DEPLOY / "nginx" / "lodestone.conf").read_text(encoding="utf-8")

    for directive in ("client_header_timeout", "client_body_timeout", "ssl_verify_client",
                      "client_max_body_size", "limit_conn"):  # fmt: skip
        assert re.search(rf"^\s*{directive}\s+\S+", text, re.MULTILINE), directive
    assert text.count("{") == text.count("}")


def test_the_unit_takes_its_rights_away() -> None:
    text = (DEPLOY / "systemd" / "lodestone.service").read_text(encoding="utf-8")

    for line in ("DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict",
                 "CapabilityBoundingSet=", "PrivateTmp=yes"):  # fmt: skip
        assert f"\n{line}\n" in text, line


def test_the_version_of_the_files_is_that_of_the_service() -> None:
    from app import __version__  # noqa: PLC0415 - only compared here

    tag = documents(DEPLOY / "kubernetes" / "base" / "kustomization.yaml")[0]["images"][0]["newTag"]
    assert tag == __version__
    assert f"ARG VERSION={__version__}" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
