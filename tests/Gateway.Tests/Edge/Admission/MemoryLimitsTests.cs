using Gateway.Edge.Admission;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Xunit;

namespace Gateway.Tests.Edge.Admission;

/// <summary>The limits follow from the memory there is, and the server has them.</summary>
public class MemoryLimitsTests
{
    private const long MiB = 1024 * 1024;

    [Fact]
    public void Buffers_are_small_where_memory_is_and_at_most_those_of_the_framework()
    {
        MemoryLimits container = MemoryLimits.For(128 * MiB), machine = MemoryLimits.For(24 * 1024 * MiB);
        Assert.True(container.ReadBuffer < machine.ReadBuffer);
        Assert.Equal((1024 * 1024, 64 * 1024), (machine.ReadBuffer, machine.WriteBuffer));
        Assert.Equal((new Http2Limits().InitialConnectionWindowSize, new Http2Limits().InitialStreamWindowSize), (machine.Http2Connection, machine.Http2Stream));
        Assert.NotNull(container.SocketBuffer);
        Assert.Null(machine.SocketBuffer);
    }

    [Fact]
    public void What_is_decoded_in_the_smallest_container_is_a_small_part_of_its_memory()
    {
        var container = MemoryLimits.For(128 * MiB);
        Assert.InRange(container.Http2Heads * 128L * 1024 * MemoryLimits.HeadFactor, 1, 8 * MiB);
        Assert.Equal(64 * MiB, container.Clients);
    }

    [Fact]
    public async Task The_server_has_the_limits()
    {
        var limits = MemoryLimits.For(128 * MiB);
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask, limits: limits);
        var kestrel = gateway.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        var sockets = gateway.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value;
        Assert.Equal((limits.WriteBuffer, limits.Http2Connection), (kestrel.MaxResponseBufferSize, kestrel.Http2.InitialConnectionWindowSize));
        Assert.Equal((limits.ReadBuffer, limits.WriteBuffer), (sockets.MaxReadBufferSize, sockets.MaxWriteBufferSize));
    }

    [Fact]
    public void This_process_has_limits() => Assert.InRange(MemoryLimits.OfThisProcess().Clients, 16 * MiB, long.MaxValue);
}
