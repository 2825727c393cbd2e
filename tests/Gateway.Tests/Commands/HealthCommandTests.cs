using Gateway.Commands;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

public class HealthCommandTests
{
    [Fact]
    public async Task A_running_gateway_is_checked_by_its_address_without_reading_the_configuration()
    {
        Uri address;
        await using (var gateway = await TestGateway.StartAsync(context => context.Response.WriteAsync("x")))
        {
            address = gateway.OperatorUrl;
            Assert.Equal(0, await HealthCommand.RunAsync(["--address", address.ToString(), "--config", "/no/such/file.json"]));
            Assert.Equal(1, await HealthCommand.RunAsync(["--address", gateway.Url.ToString()]));
        }

        Assert.Equal(1, await HealthCommand.RunAsync(["--address", address.ToString()]));
        Assert.Equal(2, await HealthCommand.RunAsync(["--adress", address.ToString()]));
        Assert.Equal(2, await HealthCommand.RunAsync(["--address", "nowhere"]));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000")]
    [InlineData("http://0.0.0.0:9000", "http://127.0.0.1:9000")]
    [InlineData("https://[::]:9000", "https://127.0.0.1:9000")]
    [InlineData("http://*:9000", "http://127.0.0.1:9000")]
    [InlineData("nowhere", "http://127.0.0.1:8081")]
    public void The_address_of_the_operator_is_read_from_a_configuration_that_need_not_be_valid(string listen, string expected)
    {
        using var folder = new ConfigFolder();
        folder.Write("gateway.json", $"{{ \"operator\": {{ \"listen\": \"{listen}\" }} }}");

        Assert.Equal(expected, HealthCommand.ConfiguredUrl(folder.File("gateway.json")));
    }
}
