using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Gateway.Tests.Support;

/// <summary>
/// A real shared cache: nginx with <c>proxy_cache</c>, or Varnish. It has two upstream servers, "before" and "after". The request selects
/// one by X-Upstream, which is not part of the cache key.
/// </summary>
internal sealed class SharedCache : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private SharedCache(Process process, string folder, Uri url)
    {
        _process = process;
        _folder = folder;
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = url, Timeout = Eventually.Limit };
    }

    /// <summary>A client of the cache.</summary>
    public HttpClient Client { get; }

    /// <param name="kind">nginx or varnish. If it is not installed, the test is skipped, or fails if <c>CI=true</c>.</param>
    public static async Task<SharedCache> StartAsync(string kind, Uri before, Uri after)
    {
        var program = kind == "nginx" ? "/usr/sbin/nginx" : "/usr/sbin/varnishd";
        if (!File.Exists(program))
        {
            var reason = $"No {kind}: install Debian's \"{kind}\".";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }

        var (folder, port) = (Directory.CreateTempSubdirectory(kind).FullName, FreePort());
        var arguments = kind == "nginx" ? Nginx(folder, port, before, after) : Varnish(folder, port, before, after);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        var cache = new SharedCache(Process.Start(start)!, folder, new Uri($"http://localhost:{port}/"));
        await cache.AnswersAsync();
        return cache;
    }

    /// <summary>Requests a page. The result tells whether the cache had it.</summary>
    public async Task<(string Body, bool IsHit, HttpResponseMessage Response)> GetAsync(string path, string upstream, params IEnumerable<(string, string)> headers)
    {
        var request = Requests.To(new Uri(Client.BaseAddress!, path), HttpMethod.Get, [.. headers, ("X-Upstream", upstream)]);
        var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (await response.BytesAsync(), response.Line("X-Cache") == "HIT", response);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Nginx(string folder, int port, Uri before, Uri after)
    {
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off; worker_processes 1; pid {{folder}}/pid; error_log {{folder}}/error.log; user root;
            events { worker_connections 256; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/b; proxy_temp_path {{folder}}/p; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
              proxy_cache_path {{folder}}/cache keys_zone=pages:1m;
              map $http_x_upstream $site { before {{before.Authority}}; default {{after.Authority}}; }
              server {
                listen 127.0.0.1:{{port}};
                location / {
                  if ($request_method = OPTIONS) { return 204; }
                  proxy_pass http://$site; proxy_http_version 1.1; proxy_set_header Host localhost; proxy_set_header X-Upstream "";
                  proxy_cache pages; proxy_cache_key $request_uri; proxy_cache_revalidate on;
                  add_header X-Cache $upstream_cache_status always;
                }
              }
            }
            """);
        return $"-p {folder} -c {folder}/nginx.conf -e {folder}/error.log";
    }

    private static string Varnish(string folder, int port, Uri before, Uri after)
    {
        File.WriteAllText(Path.Combine(folder, "site.vcl"), $$"""
            vcl 4.1;
            backend before { .host = "127.0.0.1"; .port = "{{before.Port}}"; }
            backend after { .host = "127.0.0.1"; .port = "{{after.Port}}"; }
            sub vcl_recv {
              if (req.method == "OPTIONS") { return (synth(204)); }
              if (req.http.X-Upstream == "before") { set req.backend_hint = before; } else { set req.backend_hint = after; }
              unset req.http.X-Upstream;
              set req.http.Host = "localhost";
              # As where pages are kept for visitors who have cookies: left alone, Varnish would pass them all on.
              if (req.method == "GET") { return (hash); }
            }
            sub vcl_backend_response { set beresp.grace = 0s; set beresp.keep = 60s; }
            sub vcl_deliver { if (obj.hits > 0) { set resp.http.X-Cache = "HIT"; } else { set resp.http.X-Cache = "MISS"; } }
            """);
        return $"-F -j none -a 127.0.0.1:{port} -n {folder}/work -f {folder}/site.vcl -s malloc,16m -p thread_pools=1 -p thread_pool_min=10";
    }

    /// <summary>A port for a program that cannot choose one itself.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Varnish accepts connections long before it answers on them: first it compiles its configuration with a C compiler.
    private Task AnswersAsync() => Eventually.IsTrueAsync(async () =>
    {
        Assert.False(_process.HasExited, "The cache ended at its start.");
        try
        {
            (await Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/"), TestContext.Current.CancellationToken)).Dispose();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });
}
