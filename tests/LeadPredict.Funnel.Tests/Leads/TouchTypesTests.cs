using LeadPredict.Funnel.Leads;

namespace LeadPredict.Funnel.Tests.Leads;

public class TouchTypesTests
{
    [Theory]
    [InlineData("Prospekt geöffnet", "prospekt_geöffnet")]
    [InlineData("PROSPEKT ÖFFNEN", "prospekt_öffnen")]
    [InlineData("éÉcran", "é_écran")]
    [InlineData("Webinar: attended", "webinar_attended")]
    [InlineData("demoRequested", "demo_requested")]
    [InlineData("demo-Requested ", "demo_requested")]
    [InlineData("com.acme.trial", "com_acme_trial")]
    [InlineData("Step 2", "step_2")]
    [InlineData("資料 請求", "資料_請求")]
    [InlineData("डेमो", "डेमो")]
    [InlineData("𠮷 𐐀", "𠮷_𐐨")]
    [InlineData("", "other")]
    [InlineData("?!", "other")]
    public void Of_ANameAsPeopleWriteIt_IsATypeAndStaysOne(string name, string type)
    {
        TouchTypes.Of(name).ShouldBe(type);
        TouchTypes.Of(type).ShouldBe(type);
        TouchTypes.IsOne(type).ShouldBeTrue();
    }

    [Theory]
    [InlineData("page_view")]
    [InlineData("page__view")]
    [InlineData("_2_")]
    public void Of_ATypeOfPlainLetters_IsThatType(string type) => TouchTypes.Of(type).ShouldBe(type);

    [Theory]
    [InlineData("Page_view")]
    [InlineData("Öffnen")]
    [InlineData("page view")]
    [InlineData("\ud800")]
    public void IsOne_OfWhatIsWrittenOtherwise_IsFalse(string name) => TouchTypes.IsOne(name).ShouldBeFalse();
}
