namespace Gateway.Edge;

/// <summary>
/// Lets code continue on the thread that polls the sockets, instead of handing each completion to the thread pool. That saves a change of threads
/// for each read from a backend. What is heavy goes to the thread pool by itself: <see cref="Html.WorkerThread"/>.
/// </summary>
internal static class InlineSockets
{
    // The runtime reads it once, at the first use of a socket. It has no other switch for this.
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>To be called before the first socket is created. The operator can turn it off with the same variable (0).</summary>
    public static void Enable()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
            Environment.SetEnvironmentVariable(Variable, "1");
    }
}
