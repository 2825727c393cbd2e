using System.Globalization;

namespace Gateway.Benchmarks;

/// <summary>What can be asked of the measurements.</summary>
internal sealed record Options
{
    /// <summary>Rounds in each of which every proxy has its turn.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Requests a proxy answers in one round, if that takes less than <see cref="MostSeconds"/>.</summary>
    public int Requests { get; init; } = 100_000;

    public int MostSeconds { get; init; } = 60;

    /// <summary>How long a round goes on for a proxy that would take longer.</summary>
    public int SampleSeconds { get; init; } = 10;

    /// <summary>Names of the workloads; none for all of them.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Names of the proxies; none for all that are installed.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>A folder with another Release build of this program, whose gateway is measured as well; null for none.</summary>
    public string? Against { get; init; }

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
                "--against" => options with { Against = args[++at] },
                "--write" => options with { Writes = true },
                var other => throw new ArgumentException($"{other} is no option: --rounds N, --requests N, --seconds N, --sample N, --only a,b, --proxies a,b, --against FOLDER, --write."),
            };
        }

        return options;
    }

    public static int Explain()
    {
        Console.WriteLine(
            """
            side-by-side   backend, gateway and peers on loopback, driven in turn: CPU, rate, first byte, allocation, memory
            settings       what the runtime's settings and the trimmed middleware are worth, each beside the program as it is
            native         size, start and memory of the Native AOT program, beside a bare YARP published in the same way
            banner         what the banner costs, covers, breaks and leaves behind, in Chromium and in Firefox; --rounds N, --write (BANNER.md);
                           with the packages of two other tools in the folder that GATEWAY_NPM names, those too
            screens        pictures of banner, dialog, settings and policy, into tests/Gateway.Tests/Browser/screens
            micro          BenchmarkDotNet for the pure rooms; --write, or options of its own

            Options of the first three: --rounds N, --requests N, --only a,b, --proxies a,b, --write (into RESULTS.md);
            --seconds N, the most a round may take (60), and --sample N, how long it is where it would take longer (10).
            --against FOLDER measures the gateway of another Release build in the same run (side-by-side).
            Release builds only: dotnet run -c Release --project tests/Gateway.Benchmarks -- side-by-side
            """);
        return 1;
    }
}
