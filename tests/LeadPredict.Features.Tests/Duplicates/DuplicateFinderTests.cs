using LeadPredict.Features.Duplicates;
using LeadPredict.Funnel.Leads;
using LeadPredict.Testing;

namespace LeadPredict.Features.Tests.Duplicates;

public sealed class DuplicateFinderTests
{
    [Fact]
    public void Find_SameAddressPhoneOrName_ProposesTheOldestWithAnAccount()
    {
        IReadOnlyList<DuplicateProposal> found = Find(
            new HistoryBuilder("acme").With("a1", 5, lead => lead.Has("email", " Ada@Acme.example").Has("phone", "+49 (30) 123-4567")).Build(),
            new LeadBuilder("a0", created: 1).Has("workEmail", "ada@acme.example").BuildAlone(),
            new LeadBuilder("a2", created: 2).Has("phone", "0049 30 1234567").BuildAlone(),
            new LeadBuilder("b1", created: 1).Has("firstName", "José").Has("lastName", "Müller").Has("company", "Globex, Inc.").BuildAlone(),
            new LeadBuilder("b2", created: 2).Has("name", "JOSÉ  MÜLLER").Has("company", "GLOBEX INC").BuildAlone());

        found.Where(proposal => proposal.Kind == "lead").Select(proposal => (proposal.Keep, proposal.Merge, proposal.Because)).ShouldBe(
        [
            ("a1", "a0", "the same e-mail address"), ("a1", "a2", "the same phone number"), ("b1", "b2", "the same name and company"),
        ]);
    }

    [Fact]
    public void Find_RoleAddressesAndShortNumbers_TellNothing() => Find(
        new LeadBuilder("a").Has("email", "info@acme.example").Has("phone", "110").BuildAlone(),
        new LeadBuilder("b").Has("email", "info@acme.example").Has("phone", "110").BuildAlone(),
        new LeadBuilder("c").Has("email", "not an address").Has("phone", "0000000").BuildAlone(),
        new LeadBuilder("d").Has("email", "not an address").Has("phone", "0000000").BuildAlone()).ShouldBeEmpty();

    [Fact]
    public void Find_CompaniesWhoseNamesWereTakenOut_AreNotTheSame()
    {
        Find(
            Named("x", "(forgotten)", "Ann Lee"),
            Named("y", "(forgotten)", "Ann Lee"),
            new LeadBuilder("c").Has("name", "Bob Ray").Has("company", "of (forgotten)").BuildAlone(),
            new LeadBuilder("d").Has("name", "Bob Ray").Has("company", "of (forgotten)").BuildAlone()).ShouldBeEmpty();
        Find(Named("x", "Acme", "Ann Lee"), Named("y", "Acme", "Ann Lee")).Count.ShouldBe(1);

        static AccountHistory Named(string id, string company, string person) => new(
            new() { Id = id, Name = company, CreatedAt = Day.At(0), RecordedAt = Day.At(0) }, [new LeadBuilder("lead-" + id, account: id).Has("name", person).Build()]);
    }

    [Fact]
    public void Find_NumberThatColleaguesShare_TellsNothing()
    {
        Find(
            Calls("a1", "1234567").Has("name", "Ann Lee").BuildAlone(),
            Calls("a2", "1234567").Has("name", "Bob Ray").BuildAlone(),
            Calls("a3", "1234567").BuildAlone(),
            Calls("b1", "7654321").Has("email", "ann.lee@acme.example").BuildAlone(),
            Calls("b2", "7654321").Has("email", "bob.ray@acme.example").Has("name", "Bob Ray").BuildAlone()).ShouldBeEmpty();
    }

    [Fact]
    public void Find_NumberOfOneName_IsOnePersonWhateverTheAddress()
    {
        IReadOnlyList<DuplicateProposal> found = Find(
            Calls("a1", "1234567").Has("name", "Ann Lee").Has("email", "ann@acme.example").BuildAlone(),
            Calls("a2", "1234567").Has("firstName", "ANN").Has("lastName", "Lee").Has("email", "ann.lee@acme.example").BuildAlone(),
            Calls("b1", "7654321").Has("email", "bob@acme.example").BuildAlone(),
            Calls("b2", "7654321").Has("email", "bob@gmail.com").Has("name", "Bob Ray").BuildAlone());

        found.Select(proposal => (proposal.Keep, proposal.Merge)).ShouldBe([("a1", "a2"), ("b1", "b2")]);
    }

    [Fact]
    public void Find_AccountsByDomain_ProposesMergingAndAttaching()
    {
        Account acme = new() { Id = "acme", Domain = "https://www.acme.example/de", CreatedAt = Day.At(0), RecordedAt = Day.At(0) };
        IReadOnlyList<DuplicateProposal> found = Find(
            new(acme, [new LeadBuilder("x", account: "acme").Build()]),
            new(acme with { Id = "acme-2", Domain = "ACME.example", CreatedAt = Day.At(1) }, [new LeadBuilder("y", account: "acme-2").Build()]),
            new LeadBuilder("z").Has("email", "eve@acme.example").BuildAlone(),
            new LeadBuilder("free").Has("email", "eve@gmail.com").BuildAlone());

        found.Select(proposal => (proposal.Kind, proposal.Keep, proposal.Merge)).ShouldBe([("account", "acme", "acme-2"), ("attach", "acme", "z")]);
    }

    private static LeadBuilder Calls(string id, string phone) => new LeadBuilder(id, created: id[1] - '0').Has("phone", phone);

    private static IReadOnlyList<DuplicateProposal> Find(params AccountHistory[] accounts)
    {
        var finder = new DuplicateFinder();
        foreach (AccountHistory account in accounts)
        {
            finder.Observe(account);
        }

        return finder.Find();
    }
}
