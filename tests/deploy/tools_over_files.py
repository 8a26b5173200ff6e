"""The tools of operators, run over deploy/ by `make test-deploy`; one that is missing says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
VERSIONS = ("1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37")
FOLDERS = sorted(path.parent for path in (DEPLOY / "kubernetes").rglob("kustomization.yaml"))


def tool(name: str) -> str:
    places = (Path(sys.executable).parent, ROOT / "build" / "deploy-tools" / "bin")
    beside = [str(place / name) for place in places if (place / name).exists()]
    found = beside[0] if beside else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed on this machine")
    return found


def run(*command: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_cluster_would_take_the_manifests(folder: Path, tmp_path: Path) -> None:
    built = tmp_path / "all.yaml"
    built.write_text(run(tool("kubectl"), "kustomize", str(folder)), encoding="utf-8")

    for version in VERSIONS:
        said = run(tool("kubernetes-validate"), "--kubernetes-version", version, str(built))
        assert "ERROR" not in said


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_manifests_hold_no_unsafe_setting(folder: Path, tmp_path: Path) -> None:
    built = tmp_path / "all.yaml"
    built.write_text(run(tool("kubectl"), "kustomize", str(folder)), encoding="utf-8")

    run(tool("checkov"), "--skip-download", "--quiet", "--compact",
        "--framework", "kubernetes", "--file", str(built))  # fmt: skip


def test_compose_would_start(tmp_path: Path) -> None:
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    (tmp_path / "deploy" / "secrets").mkdir()
    (tmp_path / "deploy" / "secrets" / "keys.txt").touch()

    said = run(tool("podman-compose"), "--file", "compose.yaml", "config", cwd=tmp_path / "deploy")

    assert "read_only: true" in said


def test_the_parts_list_fits_its_schema(tmp_path: Path) -> None:
    validation = pytest.importorskip("cyclonedx.validation.json")
    schema = pytest.importorskip("cyclonedx.schema")
    finish = DEPLOY / "image" / "finish.py"
    listing = (
        "import json, runpy, sys, sysconfig\n"
        "from pathlib import Path\n"
        f"module = runpy.run_path({str(finish)!r})\n"
        "site = Path(sysconfig.get_paths()['purelib'])\n"
        "print(json.dumps(module['parts_list'](site)))\n"
    )

    document = run(sys.executable, "-c", listing, cwd=tmp_path)

    wrong = validation.JsonStrictValidator(schema.SchemaVersion.V1_6).validate_str(document)
    assert wrong is None, wrong


def test_the_rules_are_rules_and_fire_when_they_should() -> None:
    promtool = tool("promtool")

    run(promtool, "check", "rules", "rules.yaml", cwd=DEPLOY / "prometheus")
    run(promtool, "test", "rules", "rules-test.yaml", cwd=DEPLOY / "prometheus")


def test_the_image_file_has_no_fault() -> None:
    run(tool("hadolint"), "Dockerfile")
    run(tool("checkov"), "--skip-download", "--quiet", "--compact",
        "--framework", "dockerfile", "--file", "Dockerfile")  # fmt: skip


def test_the_unit_is_one_and_exposes_little() -> None:
    unit = str(DEPLOY / "systemd" / "lodestone.service")

    said = run(tool("systemd-analyze"), "security", "--offline=yes", unit)

    exposure = float(said.rpartition("Overall exposure level for")[2].split(": ")[1].split()[0])
    assert exposure < 2


def test_nginx_takes_its_file(tmp_path: Path) -> None:
    nginx, openssl = tool("nginx"), tool("openssl")
    for name in ("server", "callers-ca"):
        run(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=lodestone.example.org", "-keyout", str(tmp_path / f"{name}.key"),
            "-out", str(tmp_path / f"{name}.crt"))  # fmt: skip
    text = (DEPLOY / "nginx" / "lodestone.conf").read_text(encoding="utf-8")
    text = text.replace("/etc/nginx/tls", str(tmp_path)).replace("lodestone:8000", "127.0.0.1:8000")
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{text}\n}}\n",
        encoding="utf-8",
    )

    run(nginx, "-t", "-c", str(whole), "-p", str(tmp_path))
