using LeadPredict.Api.Limits;

namespace LeadPredict.Api.Tests.Limits;

public class OpenFileLimits
{
    private const string Table =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             62773                62773                processes
        Max open files            1024                 524288               files
        Max locked memory         unlimited            unlimited            bytes
        """;

    [Fact]
    public void Limit_OfLinuxsTable_IsTheSoftOne() => OpenFiles.Limit(Table).ShouldBe(1024);

    [Theory]
    [InlineData("")]
    [InlineData("Max open files            unlimited            unlimited            files")]
    [InlineData("Max processes             62773                62773                processes")]
    public void Limit_WhereThereIsNone_IsNull(string table) => OpenFiles.Limit(table).ShouldBeNull();

    [Theory]
    [InlineData(65_536, 65_024)]
    [InlineData(1024, 512)]
    [InlineData(100, 50)]
    [InlineData(1, 1)]
    public void Connections_LeaveFilesForTheRest(long files, long expected) => OpenFiles.ConnectionsOf(files).ShouldBe(expected);
}
