using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

public sealed class RunFromTheRepositoryTests
{
    /// <summary>Without the property, the web SDK runs the program in the folder of the project.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("config")]
    public async Task Dotnet_run_starts_the_gateway_in_the_folder_in_which_it_was_typed(string folder)
    {
        var current = Repository.Path(folder).TrimEnd('/');
        await using var evaluation = ChildProcess.Start(
            "dotnet", ["msbuild", Repository.Path("src/Gateway/Gateway.csproj"), "-getProperty:RunWorkingDirectory"], current, new Dictionary<string, string>());

        Assert.Equal(0, await evaluation.ExitAsync());
        Assert.Equal(current, evaluation.Output.Trim().TrimEnd('/'));
    }
}
