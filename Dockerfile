# The grader for one machine: no network is needed to grade, and nothing runs as root.
#
#   docker build -t grader .
#   docker run --rm --network none grader                        # which layers hold student code in here
#   docker run --rm --network none -v "$PWD/in:/in:ro" -v "$PWD/out:/out" --user "$(id -u):$(id -g)" \
#     grader grade /in --out /out/grades
#
# Under Docker's default profile no new namespaces are to be had: Landlock, seccomp, no new privileges and limits hold.
FROM python:3.11.14-slim-trixie AS build
WORKDIR /project
COPY . .
RUN python -m venv /opt/grader \
  && /opt/grader/bin/pip install --no-cache-dir --disable-pip-version-check \
    -c .ci/constraints.txt '.[common,legacy]' \
  && /opt/grader/bin/python -m compileall -q /opt/grader/lib/python3.11/site-packages/grader \
    /opt/grader/lib/python3.11/site-packages/reference

FROM python:3.11.14-slim-trixie
RUN useradd --create-home --uid 10001 grader && install -d -o grader /out
COPY --from=build /opt/grader /opt/grader
# Any user may run it (`--user`), and keeps what a grader keeps for its user in a folder that all may write to.
ENV PATH=/opt/grader/bin:$PATH XDG_STATE_HOME=/tmp/state MPLCONFIGDIR=/tmp/matplotlib PYTHONDONTWRITEBYTECODE=1
USER grader
WORKDIR /out
HEALTHCHECK --interval=5m --timeout=60s CMD ["grader", "doctor"]
ENTRYPOINT ["grader"]
CMD ["doctor"]
