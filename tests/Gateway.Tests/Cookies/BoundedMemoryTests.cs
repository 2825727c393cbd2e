using Gateway.Cookies;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Cookies;

public sealed class BoundedMemoryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(TestSites.Noon);
    private readonly BoundedMemory<string> _memory;

    public BoundedMemoryTests() => _memory = new(capacity: 10, lifetime: TimeSpan.FromHours(1), _time);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_value_is_remembered_until_its_lifetime_ends()
    {
        _memory.Set("key", "value");
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.True(_memory.TryGet("key", out var value));
        Assert.Equal("value", value);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(_memory.TryGet("key", out _));
    }

    [Fact]
    public void A_later_value_of_a_key_replaces_the_earlier_one_and_lives_from_then_on()
    {
        _memory.Set("key", "first");
        _time.Advance(TimeSpan.FromMinutes(59));
        _memory.Set("key", "second");
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(_memory.TryGet("key", out var value));
        Assert.Equal("second", value);
    }

    [Fact]
    public void The_sizes_of_all_values_together_never_exceed_the_capacity()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _memory.Set($"key {i}", "value", size: 5);
            Assert.InRange(_memory.Count, 0, 2);
        }
    }

    [Fact]
    public void A_value_larger_than_the_memory_is_not_remembered()
    {
        _memory.Set("key", "value", size: 11);
        Assert.False(_memory.TryGet("key", out _));
    }

    [Fact]
    public void A_known_key_is_not_added_again_before_its_lifetime_ends()
    {
        Assert.True(_memory.TryAdd("key", "value"));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.False(_memory.TryAdd("key", "value"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_memory.TryAdd("key", "value"));
    }

    [Fact]
    public void Nothing_is_added_to_a_full_memory_until_a_value_expires()
    {
        for (var i = 0; i < 10; i++)
            Assert.True(_memory.TryAdd($"key {i}", "value"));

        Assert.False(_memory.TryAdd("new", "value"));
        Assert.True(_memory.TryGet("key 0", out _));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(_memory.TryAdd("new", "value"));
    }

    [Fact]
    public void Looking_up_a_key_does_not_allocate()
    {
        _memory.Set("key", "value");
        Assert.True(_memory.TryGet("key", out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            _memory.TryGet("key", out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
