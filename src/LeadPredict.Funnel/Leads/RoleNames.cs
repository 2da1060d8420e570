using System.Collections.Frozen;

namespace LeadPredict.Funnel.Leads;

/// <summary>Local parts of e-mail addresses that name a function instead of a person, such as <c>info</c>.</summary>
/// <remarks>Safe on all threads.</remarks>
public static class RoleNames
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "info", "infos", "information", "contact", "contacts", "contacto", "contato", "contatti", "kontakt", "hello", "hi", "hallo",
        "office", "buero", "mail", "email", "post", "admin", "administrator", "administration", "webmaster", "postmaster",
        "hostmaster", "root", "sales", "vertrieb", "ventas", "vendas", "marketing", "press", "presse", "media", "support", "help",
        "helpdesk", "service", "kundenservice", "team", "enquiries", "enquiry", "inquiries", "inquiry", "general", "reception",
        "billing", "accounts", "accounting", "buchhaltung", "finance", "invoice", "invoices", "rechnung", "purchasing", "einkauf",
        "compras", "hr", "jobs", "careers", "bewerbung", "personal", "legal", "privacy", "datenschutz", "security", "abuse", "it",
        "orders", "order", "noreply", "no-reply", "donotreply", "newsletter", "subscribe", "feedback", "shop", "test");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether it is one of them, in small letters; what follows a + does not count.</summary>
    public static bool Includes(ReadOnlySpan<char> local)
    {
        int plus = local.IndexOf('+');
        return Lookup.Contains(plus > 0 ? local[..plus] : local);
    }
}
