using System.Collections.Frozen;

namespace LeadPredict.Features.Profiles;

/// <summary>What well-known attribute and column names tell. Names compare by their letters and digits alone, in lower case.</summary>
internal static class ColumnNames
{
    /// <summary>They hold the state at the time of the export: the answer itself, or its shadow.</summary>
    private static readonly FrozenSet<string> State = FrozenSet.Create(
        StringComparer.Ordinal,
        "lifecyclestage", "hslifecyclestage", "lifecyclestatus", "isconverted", "converteddate", "convertedaccountid",
        "convertedcontactid", "convertedopportunityid", "iswon", "isclosed", "hsisclosed", "hsisclosedwon", "closedwon",
        "closedlostreason", "closedwonreason", "hsclosedlostreason", "wondate", "lostdate", "closedate", "hsdatetoclose", "daystoclose",
        "hsleadstatus", "leadstatus", "dealstage", "opportunitystage", "stagename", "currentstage", "forecastcategory",
        "forecastcategoryname", "hsforecastprobability", "recentdealamount", "recentdealclosedate", "numassociateddeals",
        "totalrevenue", "hsanalyticsrevenue", "firstdealcreateddate", "hslastsalesactivitydate", "becameopportunity", "becamecustomer");

    /// <summary>State in a CRM's lead, but something else in other tables, so left out of histories alone.</summary>
    private static readonly FrozenSet<string> StateOfHistory = FrozenSet.Create(
        StringComparer.Ordinal, "status", "stage", "converted", "won", "outcome", "probability", "leadrating", "isdeleted");

    private static readonly FrozenSet<string> Personal = FrozenSet.Create(
        StringComparer.Ordinal,
        "name", "firstname", "lastname", "surname", "givenname", "familyname", "fullname", "contactname", "leadname", "middlename",
        "phone", "phonenumber", "telephone", "mobile", "mobilephone", "fax", "address", "street", "streetaddress", "addressline1",
        "addressline2", "linkedin", "linkedinurl", "linkedinprofile", "twitter", "twitterhandle", "ip", "ipaddress", "dateofbirth",
        "birthdate", "birthday", "ssn", "passport");

    public static bool IsState(string name, bool history) =>
        Key(name) is var key && (State.Contains(key) || (history && StateOfHistory.Contains(key)));

    public static bool IsPersonal(string name) => Personal.Contains(Key(name));

    /// <summary>Named as job titles are: <c>jobTitle</c>, <c>Position</c>, <c>job_role</c>.</summary>
    public static bool IsTitle(string name) =>
        Key(name) is var key && (key.Contains("title", StringComparison.Ordinal) || key is "position" or "role" or "jobrole" or "jobposition" or "designation");

    /// <summary>Ends in a word for identifier: <c>Lead Number</c>, <c>campaign_id</c>, <c>rowIndex</c>.</summary>
    public static bool IsIdentifier(string name)
    {
        string last = LastWord(name);
        return last is "id" or "ids" or "uuid" or "guid" or "number" or "no" or "key" or "index" or "idx" or "row" or "unnamed";
    }

    /// <summary>Ends in <c>id</c>: repeated numbers there are names of things, not amounts.</summary>
    public static bool IsReference(string name) => LastWord(name) == "id";

    private static string Key(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string LastWord(string name)
    {
        string trimmed = name.Trim().TrimEnd(':', '.', '#');
        int start = trimmed.Length;
        while (start > 0 && char.IsLetter(trimmed[start - 1])
            && !(start < trimmed.Length && char.IsLower(trimmed[start - 1]) && char.IsUpper(trimmed[start])))
        {
            start--;
        }

        return trimmed[start..].ToLowerInvariant();
    }
}
