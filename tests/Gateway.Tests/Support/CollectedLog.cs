namespace Gateway.Tests.Support;

/// <summary>Collects the lines of a logger.</summary>
internal sealed class CollectedLog : IDisposable
{
    private readonly List<string> _lines = [];
    private readonly LoggerFactory _factory = new();

    public CollectedLog() => _factory.AddProvider(new Provider(_lines));

    public IReadOnlyList<string> Lines => _lines;

    public ILogger<T> For<T>() => _factory.CreateLogger<T>();

    public void Dispose() => _factory.Dispose();

    private sealed class Provider(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));

        public void Dispose() { }
    }
}
