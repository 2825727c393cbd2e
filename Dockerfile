# The SDK image with the linker that Native AOT needs; linux-x64 and linux-arm64.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble-aot AS build
WORKDIR /source

# What decides the packages, so that this layer is kept while only code changes. Not in locked mode: a newer SDK image brings
# its own newer compiler package, and security fixes of the runtime come with it.
COPY Directory.Build.props .editorconfig ./
COPY src/Gateway/Gateway.csproj src/Gateway/packages.lock.json src/Gateway/
RUN dotnet restore src/Gateway

COPY src/Gateway/ src/Gateway/
COPY config/gateway.schema.json config/
RUN dotnet publish src/Gateway -c Release --no-restore -o /out -p:CopyOutputSymbolsToPublishDirectory=false

# libc, TLS and certificates: no shell, no package manager.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
COPY --from=build /out/ /app/
USER $APP_UID
# The operator's listener is 127.0.0.1:8081 and stays inside; the health check asks it from there.
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/app/gateway", "health"]
ENTRYPOINT ["/app/gateway"]
CMD ["run", "--config", "/config"]
