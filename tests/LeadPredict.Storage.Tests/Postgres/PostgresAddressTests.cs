using LeadPredict.Storage.Errors;
using LeadPredict.Storage.Postgres;

namespace LeadPredict.Storage.Tests.Postgres;

public class PostgresAddressTests
{
    [Theory]
    [InlineData("host=127.0.0.1 port=1 dbname=x password=hunter2secret")]
    [InlineData("host=h password=hunter2secret;Database=b")]
    public void Read_FormOfLibpq_IsRefusedWithoutItsPassword(string text)
    {
        StoreConnectionException refused = Should.Throw<StoreConnectionException>(() => PostgresAddress.Read(text));
        refused.Message.ShouldContain("parted by ';'");
        refused.Message.ShouldNotContain("hunter2secret");
    }

    [Theory]
    [InlineData("Host=db;Port=5433;Database=leads;Username=me;Password=secret")]
    [InlineData("server=db;port=5433;database=leads;user id=me;pwd=secret")]
    [InlineData("postgresql://me:secret@db:5433/leads")]
    [InlineData("postgres://me:secret@db:5433/leads?application_name=x&sslmode=verify-full")]
    [InlineData("postgresql:///leads?host=db&port=5433&user=me&password=secret")]
    public void Read_EitherForm_FindsAllParts(string text)
    {
        PostgresAddress address = PostgresAddress.Read(text)!;

        (address.Settings.Host, address.Settings.Port, address.Settings.Database).ShouldBe(("db", 5433, "leads"));
        (address.Settings.Username, address.Settings.Password).ShouldBe(("me", "secret"));
        address.Shown.ShouldBe("db:5433/leads");
        address.Schema.ShouldBe("leadpredict");
    }

    [Fact]
    public void Read_UriWithEscapes_DecodesThem()
    {
        PostgresAddress address = PostgresAddress.Read("postgresql://me%40work:p%3Aa%2Fs%3Fs%40@[::1]:6000/my%20leads?sslmode=require&search_path=b2b")!;

        (address.Settings.Username, address.Settings.Password).ShouldBe(("me@work", "p:a/s?s@"));
        (address.Settings.Host, address.Settings.Port, address.Settings.Database).ShouldBe(("::1", 6000, "my leads"));
        address.Settings.SslMode.ShouldBe(Npgsql.SslMode.Require);
        address.Shown.ShouldBe("::1:6000/my leads schema b2b");
    }

    [Fact]
    public async Task Read_UriOfAHost_TakesTheParametersThatHostsHandOut()
    {
        PostgresAddress address = PostgresAddress.Read("postgresql://me:secret@db/leads?sslmode=require&channel_binding=require&target_session_attrs=read-write")!;

        address.Settings.ChannelBinding.ShouldBe(Npgsql.ChannelBinding.Require);
        PostgresAddress.Read("Host=a,b;Target Session Attributes=read-write")!.Settings.TargetSessionAttributes.ShouldBe("read-write");
        await using Npgsql.NpgsqlDataSource source = Npgsql.NpgsqlDataSource.Create(address.Settings);
    }

    [Theory]
    [InlineData("Host=db;Database=leads", Npgsql.GssEncryptionMode.Disable)]
    [InlineData("Host=db;Database=leads;GSS Encryption Mode=Require", Npgsql.GssEncryptionMode.Require)]
    [InlineData("Host=db;Database=leads;gss encryption mode=prefer", Npgsql.GssEncryptionMode.Prefer)]
    public void Read_WithoutAWordOnKerberos_DoesNotTryIt(string text, Npgsql.GssEncryptionMode expected) =>
        PostgresAddress.Read(text)!.Settings.GssEncryptionMode.ShouldBe(expected);

    [Theory]
    [InlineData("sqlite:leads.db")]
    [InlineData("leads.db")]
    [InlineData("mongodb://db/leads")]
    public void Read_OtherText_IsNoAddress(string text) => PostgresAddress.Read(text).ShouldBeNull();

    [Theory]
    [InlineData("Host=db;Password=secret;Datbase=leads", "not known")]
    [InlineData("Host=db;Password=sec;ret", "not known")]
    [InlineData("Host=db;Port=many;Password=secret", "not known")]
    [InlineData("Database=leads;Password=secret", "no host")]
    [InlineData("Host=db;Password=secret;Search Path=\"a, b\"", "Search Path")]
    [InlineData("postgresql://me:secret@db:port/leads", "port")]
    [InlineData("postgresql://me:secret@db/leads?sslmode=maybe", "sslmode")]
    [InlineData("postgresql://me:secret@db/leads?passwort=secret", "known")]
    [InlineData("postgresql://me:secret@/leads", "no host")]
    public void Read_PartThatCannotBeUnderstood_IsRefusedWithoutThePassword(string text, string told)
    {
        StoreConnectionException refusal = Should.Throw<StoreConnectionException>(() => PostgresAddress.Read(text));

        refusal.Message.ShouldContain(told);
        refusal.ToString().ShouldNotContain("sec");
    }

    [Theory]
    [InlineData("sqlite:my.db", "sqlite:my.db")]
    [InlineData("Host=db;Database=leads;Username=me;Password=secret", "postgresql://db:5432/leads")]
    public void Shown_AnyStore_HasNoPassword(string text, string shown) => HistoryStores.Shown(text).ShouldBe(shown);
}
