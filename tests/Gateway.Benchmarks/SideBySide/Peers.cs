using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Benchmarks.SideBySide;

/// <summary>Other proxies, configured for the same task; null if they are not installed.</summary>
internal static class Peers
{
    private const string Line = "<script src=\"/_choices/0123456789abcdef.js\" data-gateway=\"\"></script>";

    private const string LuaFilter = """
                access_by_lua_block {
                  local kept = {}
                  for pair in (ngx.var.http_cookie or ""):gmatch("[^;]+") do
                    local name = pair:match("^%s*([^=]*)")
                    if name == "sessionid" or name == "csrftoken" or name == "prefs" then kept[#kept + 1] = pair:match("^%s*(.*)") end
                  end
                  ngx.req.set_header("Cookie", #kept > 0 and table.concat(kept, "; ") or nil)
                }
                header_filter_by_lua_block {
                  local lines, kept = ngx.header["Set-Cookie"], {}
                  if type(lines) == "string" then lines = {lines} end
                  for _, line in ipairs(lines or {}) do
                    local name = line:match("^%s*([^=]*)")
                    if name == "sessionid" or name == "csrftoken" then kept[#kept + 1] = line end
                  end
                  ngx.header["Set-Cookie"] = kept
                }
        """;

    /// <summary>
    /// nginx: <c>sub_filter</c> inserts the script element; Lua, if it is installed, filters cookies. nginx decompresses only for clients that do
    /// not accept gzip, so such configurations request uncompressed pages, and nginx compresses them. This backend selects the coding by path.
    /// </summary>
    public static Child? Nginx(string backend)
    {
        const string Program = "/usr/sbin/nginx", Lua = "/usr/lib/nginx/modules/ngx_http_lua_module.so", Ndk = "/usr/lib/nginx/modules/ndk_http_module.so";
        if (!File.Exists(Program))
            return null;
        var hasLua = File.Exists(Lua);

        var (folder, port) = (Directory.CreateTempSubdirectory("nginx").FullName, FreePort());
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
            {{(hasLua ? $"load_module {Ndk}; load_module {Lua};" : "")}}
            daemon off; worker_processes 1; pid {{folder}}/pid; error_log {{folder}}/error.log crit;
            events { worker_connections 4096; }
            http {
              access_log off; client_body_temp_path {{folder}}/b; proxy_temp_path {{folder}}/p; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
              upstream site { server {{new Uri(backend).Authority}}; keepalive 64; }
              server {
                listen 127.0.0.1:{{port}}; keepalive_requests 1000000;
                proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
                sub_filter '<head>' '<head>{{Line}}'; sub_filter_once on;
                {{(hasLua ? LuaFilter : "")}}
                location / { proxy_pass http://site; }
                location /gzip- { gzip on; gzip_comp_level 1; gzip_proxied any; rewrite ^/gzip-(.*) /html-$1 break; proxy_pass http://site; }
              }
            }
            """);
        return Start(hasLua ? "nginx" : "nginx without Lua", Program, $"-p {folder} -c {folder}/nginx.conf", port);
    }

    /// <summary>Apache: <c>INFLATE;SUBSTITUTE;DEFLATE</c> inserts the script element, <c>Header edit</c> filters cookies.</summary>
    public static Child? Apache(string backend)
    {
        const string Program = "/usr/sbin/apache2", Modules = "/usr/lib/apache2/modules";
        if (!File.Exists(Program))
            return null;

        var (folder, port) = (Directory.CreateTempSubdirectory("apache").FullName, FreePort());
        var modules = string.Concat(new[] { "mpm_event", "authz_core", "proxy", "proxy_http", "headers", "substitute", "deflate", "filter" }
            .Select(module => $"LoadModule {module}_module {Modules}/mod_{module}.so\n"));
        File.WriteAllText(Path.Combine(folder, "httpd.conf"), $$"""
            {{modules}}
            ServerRoot {{folder}}
            ServerName localhost
            User www-data
            Group www-data
            PidFile {{folder}}/pid
            ErrorLog {{folder}}/error.log
            LogLevel crit
            Listen 127.0.0.1:{{port}}
            ServerLimit 2
            ThreadsPerChild 64
            MaxRequestWorkers 128
            MaxKeepAliveRequests 0
            KeepAliveTimeout 60
            DeflateCompressionLevel 1
            ProxyPass / {{backend}} keepalive=On
            ProxyPreserveHost On
            RequestHeader edit* Cookie "(^|; )(?!sessionid=|csrftoken=|prefs=)[^;=]+=[^;]*" ""
            Header edit Set-Cookie "^(?!sessionid=|csrftoken=).*$" ""
            <Location />
              SetOutputFilter INFLATE;SUBSTITUTE;DEFLATE
              SubstituteMaxLineLength 10m
              Substitute 's|<head>|<head>{{Line}}|n'
            </Location>
            """);
        return Start("apache", Program, $"-X -f {folder}/httpd.conf", port);
    }

    private static Child Start(string name, string program, string arguments, int port) =>
        Child.Of(name, Process.Start(new ProcessStartInfo(program, arguments))!, port);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
