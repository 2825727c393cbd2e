using System.Diagnostics;
using System.Net.Sockets;
using Gateway.Config.Reading;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Reading;

/// <summary>What is no ordinary file is reported at once: the gateway neither opens it nor waits for it.</summary>
public sealed class SpecialFilesTests : IDisposable
{
    private const string NoContent = "x.json: has no content: it is empty, or a pipe, a device or a socket. Use an ordinary file.";

    private readonly ConfigFolder _folder = new();

    public static TheoryData<string, string> Kinds => new()
    {
        { "pipe", NoContent },
        { "link to a pipe", NoContent },
        { "device", NoContent },
        { "socket", NoContent },
        { "empty", NoContent },
        { "folder", "x.json: is a folder, not a file. Move its files one folder up, or rename it." },
        { "link to a folder", "x.json: is a folder, not a file. Move its files one folder up, or rename it." },
        { "loop", "x.json: cannot be read:" },
        { "broken link", "x.json: cannot be read:" },
    };

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_special_file_in_the_folder_is_reported_at_once(string kind, string problem)
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        using var socket = Make(kind, _folder.File("x.json"));
        Assert.StartsWith(problem, _folder.Problems((await AtOnce(() => _folder.Load())).Diagnostics), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_special_file_that_replaces_a_file_keeps_the_previous_configuration(string kind, string problem)
    {
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.WriteSite("x.json", "x", "x.example.org");
        var watcher = new ConfigWatcher(_folder.Path, _folder.Load(), World.Clock(), _ => null);
        File.Delete(_folder.File("x.json"));
        using var socket = Make(kind, _folder.File("x.json"));

        var reported = new List<string>();
        await AtOnce(() => watcher.CheckAsync(
            (_, _) => throw new InvalidOperationException("Nothing may be applied."),
            problems => reported.Add(_folder.Problems(problems))));
        Assert.StartsWith(problem, Assert.Single(reported), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("device")]
    public async Task A_special_file_as_the_configuration_or_as_a_certificate_is_reported_at_once(string kind)
    {
        var file = _folder.File("special");
        using var socket = Make(kind, file);
        var loader = new ConfigLoader(_ => null, World.Clock());
        Assert.False((await AtOnce(() => loader.Load(file))).IsValid);

        _folder.WriteSite("a.json", "a", "a.example.org", top: $"\"listen\": [\"https://*:8443\"], \"certificate\": {{ \"file\": \"{file}\", \"keyFile\": \"{file}\" }},");
        var problems = _folder.Problems((await AtOnce(() => loader.Load(_folder.Path))).Diagnostics);
        Assert.Equal(2, problems.Split("does not exist or cannot be read").Length - 1);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<T> AtOnce<T>(Func<T> call) => await Task.Run(call).WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);

    private static Socket? Make(string kind, string path)
    {
        switch (kind)
        {
            case "pipe":
                Run("mkfifo", path);
                break;
            case "link to a pipe":
                Run("mkfifo", path + ".pipe");
                File.CreateSymbolicLink(path, path + ".pipe");
                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "socket":
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                return socket;
            case "empty":
                File.WriteAllText(path, "");
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "link to a folder":
                File.CreateSymbolicLink(path, Path.GetTempPath());
                break;
            case "loop":
                File.CreateSymbolicLink(path, path);
                break;
            default:
                File.CreateSymbolicLink(path, path + ".gone");
                break;
        }

        return null;
    }

    private static void Run(string program, string argument)
    {
        using var process = Process.Start(program, [argument]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
