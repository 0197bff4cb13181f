# newsscraper in a container: records and crawl state lie on the volume /data.
#
#     docker build -t newsscraper .
#     docker run --rm -v news:/data newsscraper crawl news -a url=https://www.example.com/ -s CONTACT=you@example.org
#     docker run --rm -v news:/data newsscraper doctor
#
# It has not been built where the project is developed, since there is no Docker there. The commands that it runs are
# tested: `make wheel`, `pip install`, `newsscraper`.

FROM python:3.13-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev make
WORKDIR /source
COPY . .
RUN make wheel
RUN python -m venv /opt/newsscraper \
    && /opt/newsscraper/bin/pip install --no-cache-dir --require-hashes -r requirements.txt \
    && /opt/newsscraper/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.13-slim
COPY --from=build /opt/newsscraper /opt/newsscraper
RUN useradd --uid 10001 --no-create-home news && mkdir /data && chown news /data
ENV PATH="/opt/newsscraper/bin:$PATH" PYTHONUTF8=1
USER news
WORKDIR /data
VOLUME /data
ENTRYPOINT ["newsscraper"]
CMD ["doctor"]
