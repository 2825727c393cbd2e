using System.Globalization;

namespace Gateway.Benchmarks;

/// <summary>Command-line options of the measurements.</summary>
internal sealed record Options
{
    /// <summary>Number of rounds. Every round measures every proxy.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Requests to each proxy in one round, if they take less than <see cref="MostSeconds"/>.</summary>
    public int Requests { get; init; } = 50_000;

    /// <summary>Longest time in seconds that a round may take.</summary>
    public int MostSeconds { get; init; } = 60;

    /// <summary>Length of a round in seconds for a proxy that would take longer than <see cref="MostSeconds"/>.</summary>
    public int SampleSeconds { get; init; } = 10;

    /// <summary>Names of the workloads; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Names of the proxies; empty for all that are installed.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Other native programs of the gateway that are measured as well. Variables of the environment may precede a program.</summary>
    public IReadOnlyList<string> Against { get; init; } = [];

    /// <summary>Whether RESULTS.md is written.</summary>
    public bool Writes { get; init; }

    public static Options Read(string[] args)
    {
        var options = new Options();
        for (var at = 0; at < args.Length; at++)
        {
            options = args[at] switch
            {
                "--rounds" => options with { Rounds = int.Parse(args[++at], CultureInfo.InvariantCulture) },
                "--requests" => options with { Requests = int.Parse(args[++at], CultureInfo.InvariantCulture) },
                "--seconds" => options with { MostSeconds = int.Parse(args[++at], CultureInfo.InvariantCulture) },
                "--sample" => options with { SampleSeconds = int.Parse(args[++at], CultureInfo.InvariantCulture) },
                "--only" => options with { Only = args[++at].Split(',') },
                "--proxies" => options with { Proxies = args[++at].Split(',') },
                "--against" => options with { Against = [.. options.Against, args[++at]] },
                "--write" => options with { Writes = true },
                var other => throw new ArgumentException($"{other} is no option: --rounds N, --requests N, --seconds N, --sample N, --only a,b, --proxies a,b, --against PROGRAM, --write."),
            };
        }

        return options;
    }

    public static int Explain()
    {
        Console.WriteLine(
            """
            side-by-side   gateway, lean YARP and other proxies on loopback, measured in turns: CPU, rate, first byte, allocation, memory
            tail           p99 and p99.9 of small requests while every tenth page must be decoded and compressed
            settings       effect of runtime settings and of the trimmed middleware, each compared with the program as shipped
            native         size, start time and memory of the native program, compared with lean YARP published the same way
            memory-attacks whether the gateway and lean YARP hold in a control group of 256 MiB: attacks with --requests N connections (5000)
            banner         cost, size and side effects of the banner in Chromium and Firefox; --rounds N, --write (into BANNER.md);
                           also of two other consent tools, if GATEWAY_NPM names a folder with their npm packages
            screens        screenshots of banner, dialog, settings page and policy page, written to tests/Gateway.Tests/Browser/screens
            micro          BenchmarkDotNet for cookies and pages; --write, or the options of BenchmarkDotNet

            Options of the first four: --rounds N, --requests N, --only a,b, --proxies a,b, --write (into RESULTS.md);
            --seconds N, the most a round may take (60), and --sample N, how long it is where it would take longer (10).
            --against PROGRAM measures another native gateway in the same run (side-by-side, tail), also as "NAME=value PROGRAM", more than once.
            Release builds only: dotnet run -c Release --project tests/Gateway.Benchmarks -- side-by-side
            """);
        return 1;
    }
}
