using LeadPredict.Features.Jobs;

namespace LeadPredict.Features.Tests.Jobs;

public class JobTitleTests
{
    [Theory]
    [InlineData("VP Marketing", "vp", "marketing")]
    [InlineData("Vice President of Sales", "vp", "sales")]
    [InlineData("Chief Technology Officer", "c-level", "it")]
    [InlineData("CTO", "c-level", "engineering")]
    [InlineData("C.F.O.", "c-level", "finance")]
    [InlineData("CEO & Founder", "c-level", "general management")]
    [InlineData("Executive Assistant to the CEO", "individual", "general management")]
    [InlineData("Founder", "owner", "general management")]
    [InlineData("Head of People", "director", "hr")]
    [InlineData("Director, IT Operations", "director", "it")]
    [InlineData("Product Marketing Manager", "manager", "marketing")]
    [InlineData("Product Owner", "manager", "product")]
    [InlineData("Senior Software Engineer", "senior", "engineering")]
    [InlineData("Account Executive", "individual", "sales")]
    [InlineData("Data Analyst", "individual", "it")]
    [InlineData("HR Business Partner", "individual", "hr")]
    [InlineData("Marketing Intern", "student", "marketing")]
    [InlineData("Internal Auditor", "other", "finance")]
    [InlineData("Geschäftsführer", "c-level", "general management")]
    [InlineData("Vertriebsleiter", "manager", "sales")]
    [InlineData("Leiterin Einkauf", "director", "purchasing")]
    [InlineData("Softwareentwicklerin", "individual", "engineering")]
    [InlineData("Werkstudent Controlling", "student", "finance")]
    [InlineData("Directeur général", "c-level", "general management")]
    [InlineData("Directrice des ressources humaines", "director", "hr")]
    [InlineData("Responsable achats", "manager", "purchasing")]
    [InlineData("Gerente de Ventas", "manager", "sales")]
    [InlineData("Diretor Financeiro", "director", "finance")]
    [InlineData("Responsabile Marketing", "manager", "marketing")]
    [InlineData("営業部長", "director", "sales")]
    [InlineData("市场经理", "manager", "marketing")]
    [InlineData("Florist", "other", "other")]
    [InlineData("", "other", "other")]
    public void JobTitle_Common_TellsSeniorityAndDepartment(string title, string seniority, string department)
    {
        (JobTitle.Seniorities[JobTitle.Seniority(title)], JobTitle.Departments[JobTitle.Department(title)])
            .ShouldBe((seniority, department));
    }

    [Fact]
    public void JobTitle_VeryLong_IsCut()
    {
        JobTitle.Seniority(new string('x', 100_000) + " ceo").ShouldBe(0);
    }
}
