using System.Reflection;
using Xunit;
using Xunit.Runner.Common;
using Xunit.Sdk;
using Xunit.v3;

namespace Gateway.Mutations;

/// <summary>Runs tests in this process, one after the other, any number of times.</summary>
internal sealed class TestRun
{
    private static readonly Assembly Tests = typeof(Gateway.Tests.EntryPoint).Assembly;
    private static readonly FieldInfo Active = Type.GetType("Gateway.Mutant, gateway", throwOnError: true)!.GetField("Active")!;
    private static readonly bool[] Reached = (bool[])Active.DeclaringType!.GetField("Reached")!.GetValue(null)!;

    private static readonly TestAssemblyConfiguration Configuration = new();

    private readonly ITestFrameworkDiscoverer _discoverer;
    private readonly ITestFrameworkExecutor _executor;
    private readonly Dictionary<string, Dictionary<string, ITestCase>> _cases = [];

    public TestRun()
    {
        TestContext.SetForInitialization(null, false, false);
        var framework = new XunitTestFramework();
        _discoverer = framework.GetDiscoverer(Tests);
        _executor = framework.GetExecutor(Tests);
    }

    /// <summary>Runs every test of the namespaces once, without a mutant.</summary>
    public async Task<IReadOnlyList<TestReach>> ReachAsync(IReadOnlyList<string> namespaces)
    {
        var reach = new List<TestReach>();
        foreach (var type in Tests.GetTypes().Where(type => namespaces.Contains(Relative(type.Namespace)) && !NeedsBrowser(type)).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            var cases = await CasesOf(type.FullName!);
            if (cases.Count > 0)
                await _executor.RunTestCases([.. cases.Values], new ReachSink(type.FullName!, reach, Reached), Execution(stopOnFail: false));
        }

        return reach;
    }

    /// <summary>Runs tests with a mutant.</summary>
    /// <returns>The id of the test that failed; null if all passed.</returns>
    public async Task<string?> FailingAsync(int mutant, IReadOnlyList<(string Type, string Id)> tests)
    {
        Active.SetValue(null, mutant);
        try
        {
            var cases = new List<ITestCase>();
            foreach (var (type, id) in tests)
            {
                if (!(await CasesOf(type)).TryGetValue(id, out var found))
                    return id;
                cases.Add(found);
            }

            var sink = new FailureSink();
            await _executor.RunTestCases(cases, sink, Execution(stopOnFail: true));
            return sink.Failed;
        }
        finally
        {
            Active.SetValue(null, 0);
        }
    }

    private async Task<Dictionary<string, ITestCase>> CasesOf(string type)
    {
        if (_cases.TryGetValue(type, out var known))
            return known;
        var found = _cases[type] = [];
        await _discoverer.Find(Take, TestFrameworkOptions.ForDiscovery(Configuration), [Tests.GetType(type)!]);
        return found;

        ValueTask<bool> Take(ITestCase test)
        {
            found[test.UniqueID] = test;
            return new(true);
        }
    }

    private static ITestFrameworkExecutionOptions Execution(bool stopOnFail)
    {
        var options = TestFrameworkOptions.ForExecution(Configuration);
        options.SetParallelMode(ParallelMode.None);
        options.SetSynchronousMessageReporting(true);
        options.SetStopOnTestFail(stopOnFail);
        return options;
    }

    private static string Relative(string? space) => (space ?? "").Replace("Gateway.Tests.", "", StringComparison.Ordinal).Replace('.', '/');

    private static bool NeedsBrowser(Type type) => type.Name.Contains("InBrowser") || type.GetConstructors().SelectMany(constructor => constructor.GetParameters())
        .Any(parameter => parameter.ParameterType.Name is { } name && (name.Contains("Browser") || name.Contains("Chromium") || name.Contains("Firefox")));
}

/// <summary>The mutants that one test reaches.</summary>
internal sealed record TestReach(string Type, string Id, string Name, double Seconds, bool Passed, int[] Mutants);

internal sealed class ReachSink(string type, List<TestReach> reach, bool[] reached) : IMessageSink
{
    private readonly Dictionary<string, (string Name, bool Passed, double Seconds, HashSet<int> Mutants)> _cases = [];

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseStarting starting:
                Array.Clear(reached);
                _cases[starting.TestCaseUniqueID] = (starting.TestCaseDisplayName, true, 0, []);
                break;
            case ITestFailed failed:
                _cases[failed.TestCaseUniqueID] = _cases[failed.TestCaseUniqueID] with { Passed = false };
                break;
            case ITestCaseFinished finished:
                var mutants = Enumerable.Range(1, reached.Length - 1).Where(mutant => reached[mutant]).ToArray();
                var (name, passed, _, _) = _cases[finished.TestCaseUniqueID];
                reach.Add(new TestReach(type, finished.TestCaseUniqueID, name, (double)finished.ExecutionTime, passed && finished.TestsSkipped == 0, mutants));
                break;
            default:
                break;
        }

        return true;
    }
}

internal sealed class FailureSink : IMessageSink
{
    public string? Failed { get; private set; }

    public bool OnMessage(IMessageSinkMessage message)
    {
        Failed ??= message switch
        {
            ITestFailed failed => failed.TestCaseUniqueID,
            IErrorMessage or ITestClassCleanupFailure or ITestCollectionCleanupFailure => "outside of a test",
            _ => null,
        };
        return Failed is null;
    }
}
