namespace Gateway.Tests.Support;

/// <summary>The pages of one gateway for all tests of a class.</summary>
public sealed class PagesFixture : IAsyncDisposable
{
    internal PagesFactory Pages { get; } = new(site => site with { Hosts = ["localhost", "www.example.org"] });

    public ValueTask DisposeAsync() => Pages.DisposeAsync();
}
