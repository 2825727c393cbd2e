using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Benchmarks.SideBySide;

/// <summary>Resident memory under long loads: one page of 1 GiB, and 1,000 clients that read slowly.</summary>
internal static class Memory
{
    private const int SlowClients = 1000;

    public static async Task<string> CompareAsync(Published programs, string workload, string backend, string cookies)
    {
        var gateway = await MostAsync(await Published.StartGatewayAsync("gateway", programs.Gateway, backend), workload, cookies);
        var lean = await MostAsync(await programs.StartLeanAsync(backend), workload, cookies);
        var more = gateway - lean;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Peak resident memory: gateway {gateway:0.0} MiB, lean YARP {lean:0.0} MiB, difference {more:+0.0;-0.0} MiB (target: at most +16): {(more <= 16 ? "met" : "missed")}.");
    }

    private static async Task<double> MostAsync(Child started, string workload, string cookies)
    {
        using var child = started;
        var path = workload == "stream-1g" ? "/stream" : "/html-1m";
        var request = new Workload("", path, "document", null).Request(cookies);
        await Load.DriveAsync(child.Port, new Workload("", "/html-15k", "document", null).Request(cookies), 20_000, 30);

        var most = 0.0;
        using var over = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                most = Math.Max(most, child.ResidentMiB());
                await Task.Delay(50);
            }
        });
        await (workload == "stream-1g" ? Load.DriveAsync(child.Port, request, 1, 60) : CrawlAsync(child.Port, request));
        await over.CancelAsync();
        await watch;
        return most;
    }

    private static async Task CrawlAsync(int port, string request)
    {
        var bytes = Encoding.Latin1.GetBytes(request);
        var sockets = new List<Socket>();
        for (var at = 0; at < SlowClients; at++)
        {
            var socket = await HttpConnection.ConnectAsync(port);
            socket.ReceiveBufferSize = 4096;
            await socket.SendAsync(bytes);
            sockets.Add(socket);
        }

        var piece = new byte[1024];
        for (var second = 0; second < 10; second++)
        {
            foreach (var socket in sockets)
                await socket.ReceiveAsync(piece);
            await Task.Delay(1000);
        }

        sockets.ForEach(socket => socket.Dispose());
    }
}
