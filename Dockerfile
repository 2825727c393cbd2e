# The SDK image with the linker for Native AOT; linux-x64 and linux-arm64.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble-aot AS build
WORKDIR /source

# Only the files that determine the packages, so that this layer stays cached while only code changes. The restore is not in locked mode:
# a newer SDK image references a newer Native AOT compiler package, which contains security fixes of the runtime.
COPY Directory.Build.props .editorconfig ./
COPY src/Gateway/Gateway.csproj src/Gateway/packages.lock.json src/Gateway/
RUN dotnet restore src/Gateway

COPY src/Gateway/ src/Gateway/
COPY config/gateway.schema.json config/
RUN dotnet publish src/Gateway -c Release --no-restore -o /out -p:CopyOutputSymbolsToPublishDirectory=false

# This image has libc, TLS and certificates, but no shell and no package manager.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
COPY --from=build /out/ /app/
USER $APP_UID
# The operator listener is 127.0.0.1:8081, inside the container. The health check calls it there.
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/app/gateway", "health"]
ENTRYPOINT ["/app/gateway"]
CMD ["run", "--config", "/config"]
