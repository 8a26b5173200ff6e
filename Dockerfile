# Two stages: the first one installs and checks, the second one only runs. No shell is needed.
# The digest is the one that the makers of the image published on 25 August 2026; `make pin-base`
# writes today's, and a release should begin with that.
ARG BASE_IMAGE=python:3.11.16-slim-trixie@sha256:be1575ed968de893bd54f4c56315ff7c4736ce522c1bca08fd521731aafc0d76

# checkov:skip=CKV_DOCKER_7: the argument above names the version and the digest
FROM ${BASE_IMAGE} AS build
# One moment for all that is written, so that the same source gives the same files.
ARG SOURCE_DATE_EPOCH=1764028800
ENV SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH} PYTHONHASHSEED=0
WORKDIR /src
COPY requirements.txt requirements-build.txt ./
RUN python3 -m venv /opt/lodestone \
    && /opt/lodestone/bin/pip install --no-cache-dir --require-hashes -r requirements.txt \
    && python3 -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-build.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY examples examples
COPY deploy/image deploy/image
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /tmp/wheel \
    && /opt/lodestone/bin/pip install --no-cache-dir --no-deps /tmp/wheel/*.whl \
    && /opt/lodestone/bin/lodestone check-data \
    && /opt/lodestone/bin/pip uninstall --yes pip setuptools \
    && /opt/lodestone/bin/python deploy/image/finish.py /opt/lodestone

FROM ${BASE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Lodestone" \
      org.opencontainers.image.description="Rare-earth procurement risk of a bill of materials" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="The Lodestone authors" \
      io.lodestone.parts-list="/opt/lodestone/sbom.cdx.json" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /opt/lodestone /opt/lodestone
# It listens for other machines, so it refuses to start until LODESTONE_AUTH says who may call.
ENV PATH=/opt/lodestone/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    LODESTONE_HOST=0.0.0.0 \
    LODESTONE_PORT=8000
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python3", "-IS", "-c", \
    "import http.client as h, os, sys; c = h.HTTPConnection('127.0.0.1', int(os.environ['LODESTONE_PORT']), timeout=4); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]
ENTRYPOINT ["lodestone"]
CMD ["serve"]
