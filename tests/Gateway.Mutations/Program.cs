using Gateway.Mutations;

// Mutation testing: makes many small changes to the gateway, one at a time, and runs the tests on each. Run it manually or nightly:
//   dotnet run --project tests/Gateway.Mutations                                 all folders
//   dotnet run --project tests/Gateway.Mutations -- Csp Config/Rules             these folders
//   dotnet run --project tests/Gateway.Mutations -- Csp --tests=Csp              with the tests of these folders only
//   dotnet run --project tests/Gateway.Mutations -- --survivors                  what survived the last time
if (args is ["worker"])
    return await Worker.RunAsync();

// Tests without a browser, of these folders.
string[] tests = ["Cookies", "Consent", "Csp", "Html", "Config/Rules", "Config/Reading", "Config/Changes", "Fuzz", "Edge/Cookies", "Edge/States"];
if (args.FirstOrDefault(argument => argument.StartsWith("--tests=", StringComparison.Ordinal)) is { } chosen)
    tests = chosen["--tests=".Length..].Split(',');
var rooms = args.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToArray();
if (rooms.Length == 0)
    rooms = ["Cookies", "Consent", "Csp", "Html", "Config/Rules"];

var repository = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(repository, "Gateway.sln")))
    repository = Path.GetDirectoryName(repository) ?? throw new InvalidOperationException("This program runs inside the repository.");
var target = Path.Combine(repository, "tests", "Gateway.Mutations", "obj", "mutated");
var survivors = Path.Combine(repository, "tests", "Gateway.Mutations", "obj", "survivors.txt");
var last = args.Contains("--survivors") ? File.ReadAllLines(survivors).ToHashSet() : null;

var build = new MutatedBuild(repository, target, rooms);
var mutants = build.Create();
var run = Path.Combine(target, "run");
foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
{
    var copy = Path.Combine(run, Path.GetRelativePath(AppContext.BaseDirectory, file));
    Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
    File.Copy(file, copy, overwrite: true);
}

File.Copy(build.Program, Path.Combine(run, "gateway.dll"), overwrite: true);
var tried = mutants.Where(mutant => last is null || last.Contains(mutant.ToString())).ToList();
var equivalent = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "equivalent.txt")).Where(line => line.Length > 0 && line[0] is not ('#' or ' ')).ToHashSet();
var fates = await new MutationRun(Path.Combine(run, "Gateway.Mutations.dll"), tried, tests, Math.Max(1, Environment.ProcessorCount)).RunAsync();
Score.Write(fates, equivalent, survivors);
return 0;
