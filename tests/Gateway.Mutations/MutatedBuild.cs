using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Mutations;

/// <summary>A copy of the gateway's project with every mutant in it, built in a folder of its own.</summary>
internal sealed partial class MutatedBuild(string repository, string target, IReadOnlyList<string> rooms)
{
    private const int MostRounds = 12;

    private readonly HashSet<string> _without = [];
    private readonly Dictionary<string, SyntaxNode> _trees = [];
    private List<Mutant> _mutants = [];

    public string Program => Path.Combine(Project, "bin", "Debug", "net10.0", "gateway.dll");

    private string Project => Path.Combine(target, "src", "Gateway");

    /// <summary>Writes and builds the copy, without mutants that do not compile.</summary>
    /// <returns>The mutants of the build.</returns>
    /// <exception cref="InvalidOperationException">The project does not compile, and no mutant is the reason.</exception>
    public IReadOnlyList<Mutant> Create()
    {
        Copy();
        for (var round = 0; round < MostRounds; round++)
        {
            Write();
            var errors = Build();
            if (errors.Count == 0)
            {
                Console.WriteLine($"{_mutants.Count} mutants; {_without.Count} more do not compile.");
                return _mutants;
            }

            var before = _without.Count;
            foreach (var (file, line, column) in errors)
                LeaveOut(file, line, column);
            Console.WriteLine($"Round {round + 1}: {errors.Count} errors, {_without.Count - before} mutants left out.");
            if (_without.Count == before)
                throw new InvalidOperationException($"The build fails at {errors[0]}, where no mutant is.");
        }

        throw new InvalidOperationException($"The build still fails after {MostRounds} rounds.");
    }

    private void Copy()
    {
        if (Directory.Exists(target))
            Directory.Delete(target, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(repository, "src", "Gateway"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(repository, "config"), "*.json"))
            .Append(Path.Combine(repository, "Directory.Build.props")))
        {
            var path = Path.GetRelativePath(repository, file);
            if (path.Split(Path.DirectorySeparatorChar) is [_, _, "bin" or "obj" or "node_modules", ..] || path.Contains("node_modules", StringComparison.Ordinal))
                continue;
            var copy = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private void Write()
    {
        _mutants = [];
        foreach (var file in rooms.SelectMany(room => Directory.EnumerateFiles(Path.Combine(repository, "src", "Gateway", room), "*.cs")).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(Path.Combine(repository, "src", "Gateway"), file);
            var writer = new MutantWriter(path, _mutants.Count + 1, _without);
            var root = writer.Visit(CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview)).GetRoot())!;
            _mutants.AddRange(writer.Mutants);
            _trees[path] = root;
            File.WriteAllText(Path.Combine(Project, path), root.ToFullString());
        }

        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Switch.cs.txt"));
        File.WriteAllText(Path.Combine(Project, "Mutant.cs"), source.Replace("COUNT", (_mutants.Count + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    private List<(string File, int Line, int Column)> Build()
    {
        var start = new ProcessStartInfo("dotnet",
            ["build", Project, "-c", "Debug", "-v", "q", "--nologo", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:GenerateDocumentationFile=false", "-p:NoWarn=\"CS0162;CS8600;CS8602;CS8604\""])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var errors = ErrorLine().Matches(output)
            .Select(match => (Path.GetRelativePath(Project, match.Groups[1].Value), Number(match.Groups[2]), Number(match.Groups[3])))
            .Distinct().ToList();
        if (errors.Count == 0 && process.ExitCode != 0)
            throw new InvalidOperationException(output);
        return errors;

        static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);
    }

    private void LeaveOut(string file, int line, int column)
    {
        if (!_trees.TryGetValue(file, out var root))
            throw new InvalidOperationException($"The build fails at {file}({line},{column}), where no mutant is.");
        var text = root.GetText();
        var token = root.FindToken(text.Lines[line - 1].Start + column - 1);

        // The compiler reports an unassigned variable where it is read. The mutant is at the assignment.
        var member = token.Parent!.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().First();
        var assigning = member.DescendantNodes().Where(node => MutantOf(node) is not null && Assigns(node, token.ValueText)).ToList();
        var around = token.Parent!.AncestorsAndSelf().Where(node => MutantOf(node) is not null).Take(1).ToList();
        foreach (var node in assigning.Count > 0 ? assigning : around)
            _without.Add(_mutants.First(mutant => mutant.Number == MutantOf(node)).Key);
    }

    private static bool Assigns(SyntaxNode node, string name) => node.DescendantNodes().Any(inner => inner switch
    {
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText == name,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } => left.Identifier.ValueText == name,
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword, Expression: IdentifierNameSyntax given } => given.Identifier.ValueText == name,
        _ => false,
    });

    private static int? MutantOf(SyntaxNode node) => node.GetAnnotations(MutantWriter.Mark).FirstOrDefault()?.Data is { } number
        ? int.Parse(number, CultureInfo.InvariantCulture)
        : null;

    [GeneratedRegex(@"^\s*(.+?\.cs)\((\d+),(\d+)\): error CS", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
