using System.Net;
using Gateway.Edge.Admission;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Edge.Admission;

/// <summary>What is held, who is ended when it is too much, and who waits.</summary>
public sealed class MemoryBudgetTests : IDisposable
{
    private static readonly IPAddress Client = IPAddress.Parse("192.0.2.1");

    private readonly MemoryBudget _budget = new(1000, new FakeTimeProvider());
    private readonly List<string> _ended = [];

    public void Dispose() => _budget.Dispose();

    [Fact]
    public async Task Nobody_waits_while_there_is_room()
    {
        var holder = Enter("one", 1000);
        await _budget.WaitForRoomAsync(TestContext.Current.CancellationToken);
        _budget.Leave(holder);
        Assert.Equal(0, _budget.Used);
        Assert.Empty(_ended);
    }

    [Fact]
    public async Task Who_arrives_waits_until_what_was_ended_is_free()
    {
        var first = Enter("first", 900);
        Enter("second", 200);
        Assert.Equal(["first"], _ended);
        var waiting = _budget.WaitForRoomAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);
        _budget.Leave(first);
        await waiting;
        Assert.Equal(200, _budget.Used);
    }

    [Fact]
    public async Task Nobody_waits_for_what_cannot_be_ended()
    {
        _budget.Enter(null, 1500, () => _ended.Add("proxy"));
        await _budget.WaitForRoomAsync(TestContext.Current.CancellationToken);
        Assert.True(_budget.IsOverdrawn);
        Assert.Empty(_ended);
    }

    [Fact]
    public void What_grows_while_it_ends_costs_nobody_else_anything()
    {
        var first = Enter("first", 900);
        Enter("second", 200);
        _budget.Add(first, 5000);
        Assert.Equal(["first"], _ended);
        _budget.Leave(first);
        _budget.Add(first, -5000);
        _budget.Leave(first);
        Assert.Equal(200, _budget.Used);
    }

    private Holder Enter(string name, long bytes) => _budget.Enter(Client, bytes, () => _ended.Add(name));
}
