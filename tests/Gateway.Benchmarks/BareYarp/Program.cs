using System.Net;
using Yarp.ReverseProxy.Configuration;

// "native" compares the gateway with this program: YARP, one port, one backend, nothing else.
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(args[0])));
builder.Services.AddRoutingCore();
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "site", ClusterId = "site", Match = new RouteMatch { Path = "/{**rest}" } }],
    [new ClusterConfig { ClusterId = "site", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = args[1] } } }]);
var app = builder.Build();
app.UseRouting();
app.MapReverseProxy();
app.Run();
