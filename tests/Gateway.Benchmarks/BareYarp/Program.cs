using System.Net;
using System.Security.Cryptography.X509Certificates;
using Yarp.ReverseProxy.Configuration;

// "native" and "memory-attacks" compare the gateway with this program: YARP and one backend, nothing else.
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore();
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Listen(IPAddress.Loopback, int.Parse(args[0]));
    if (args is [_, _, var port, var certificate, var key])
        kestrel.Listen(IPAddress.Loopback, int.Parse(port), listen => listen.UseHttps(X509Certificate2.CreateFromPemFile(certificate, key)));
});
builder.Services.AddRoutingCore();
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "site", ClusterId = "site", Match = new RouteMatch { Path = "/{**rest}" } }],
    [new ClusterConfig { ClusterId = "site", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = args[1] } } }]);
var app = builder.Build();
app.UseRouting();
app.MapReverseProxy();
app.Run();
