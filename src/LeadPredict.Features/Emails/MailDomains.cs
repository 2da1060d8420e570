using System.Collections.Frozen;

namespace LeadPredict.Features.Emails;

/// <summary>Well-known mail domains, in lower case.</summary>
internal static class MailDomains
{
    private static readonly FrozenSet<string> Free = FrozenSet.Create(
        StringComparer.Ordinal,
        "gmail.com", "googlemail.com", "yahoo.com", "ymail.com", "rocketmail.com", "hotmail.com", "outlook.com", "live.com", "msn.com",
        "passport.com", "aol.com", "aim.com", "icloud.com", "me.com", "mac.com", "mail.com", "email.com", "gmx.com", "gmx.net",
        "gmx.de", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "arcor.de", "online.de", "posteo.de", "mailbox.org",
        "proton.me", "protonmail.com", "protonmail.ch", "pm.me", "tutanota.com", "tutanota.de", "tuta.io", "hushmail.com",
        "fastmail.com", "fastmail.fm", "zoho.com", "zohomail.com", "hey.com", "duck.com", "inbox.com", "lycos.com", "rediffmail.com",
        "sify.com", "indiatimes.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "neuf.fr", "bbox.fr",
        "numericable.fr", "libero.it", "virgilio.it", "tiscali.it", "alice.it", "tin.it", "email.it", "poste.it", "terra.es",
        "telefonica.net", "ono.com", "uol.com.br", "bol.com.br", "terra.com.br", "ig.com.br", "globo.com", "globomail.com", "r7.com",
        "sapo.pt", "clix.pt", "btinternet.com", "btopenworld.com", "virginmedia.com", "ntlworld.com", "blueyonder.co.uk", "sky.com",
        "talktalk.net", "tiscali.co.uk", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net",
        "charter.net", "earthlink.net", "juno.com", "netzero.net", "optonline.net", "rogers.com", "shaw.ca", "sympatico.ca",
        "bell.net", "telus.net", "bigpond.com", "bigpond.net.au", "optusnet.com.au", "xtra.co.nz", "mail.ru", "bk.ru", "list.ru",
        "inbox.ru", "yandex.ru", "yandex.com", "ya.ru", "rambler.ru", "ukr.net", "i.ua", "wp.pl", "o2.pl", "onet.pl", "interia.pl",
        "gazeta.pl", "op.pl", "seznam.cz", "email.cz", "centrum.cz", "post.cz", "azet.sk", "centrum.sk", "freemail.hu", "citromail.hu",
        "abv.bg", "mail.bg", "telenet.be", "skynet.be", "ziggo.nl", "kpnmail.nl", "planet.nl", "home.nl", "hetnet.nl", "xs4all.nl",
        "bluewin.ch", "aon.at", "chello.at", "telia.com", "spray.se", "online.no", "mail.dk", "qq.com", "foxmail.com", "163.com",
        "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "aliyun.com", "139.com", "naver.com", "daum.net", "hanmail.net",
        "nate.com", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "nifty.com", "walla.co.il", "mynet.com");

    private static readonly FrozenSet<string> Disposable = FrozenSet.Create(
        StringComparer.Ordinal,
        "mailinator.com", "guerrillamail.com", "guerrillamail.info", "guerrillamail.net", "guerrillamail.org", "sharklasers.com",
        "grr.la", "10minutemail.com", "10minutemail.net", "temp-mail.org", "tempmail.com", "tempmail.net", "tempmailo.com",
        "throwawaymail.com", "yopmail.com", "yopmail.fr", "yopmail.net", "trashmail.com", "trashmail.de", "trash-mail.com",
        "wegwerfmail.de", "getnada.com", "nada.email", "dispostable.com", "maildrop.cc", "mintemail.com", "mohmal.com", "fakeinbox.com",
        "spamgourmet.com", "mytemp.email", "emailondeck.com", "moakt.com", "mailnesia.com", "mailcatch.com", "mailnull.com",
        "spam4.me", "tempinbox.com", "byom.de", "discard.email", "burnermail.io", "anonbox.net", "jetable.org", "einrot.com",
        "cuvox.de", "dayrep.com", "fleckens.hu", "gustr.com", "jourrapide.com", "rhyta.com", "superrito.com", "teleworm.us",
        "armyspy.com", "minuteinbox.com", "1secmail.com", "tmpmail.org", "inboxkitten.com");

    /// <summary>Providers whose first label is the same in many countries.</summary>
    private static readonly string[] FreeFamilies = ["yahoo.", "hotmail.", "live.", "outlook.", "gmx."];

    private static readonly string[] GovernmentLabels = ["gov", "gob", "gouv", "govt", "gub", "mil", "bund", "europa"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FreeLookup =
        Free.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> DisposableLookup =
        Disposable.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsDisposable(ReadOnlySpan<char> domain) => DisposableLookup.Contains(domain);

    public static bool IsFree(ReadOnlySpan<char> domain)
    {
        if (FreeLookup.Contains(domain))
        {
            return true;
        }

        foreach (string family in FreeFamilies)
        {
            // yahoo.de and yahoo.co.uk, not yahoo.some-company.example.
            if (domain.StartsWith(family, StringComparison.Ordinal) && domain.Length - family.Length <= 6)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>.edu</c>, <c>.edu.au</c>, <c>.ac.uk</c>, and names that begin with a word for university.</summary>
    public static bool IsEducation(ReadOnlySpan<char> domain) =>
        HasPublicLabel(domain, "edu") || HasCountryLabel(domain, "ac") || HasCountryLabel(domain, "sch")
        || domain.StartsWith("uni-", StringComparison.Ordinal) || domain.StartsWith("tu-", StringComparison.Ordinal)
        || domain.Contains("university", StringComparison.Ordinal) || domain.StartsWith("univ-", StringComparison.Ordinal);

    public static bool IsGovernment(ReadOnlySpan<char> domain)
    {
        foreach (string label in GovernmentLabels)
        {
            if (label == "bund" || label == "europa" ? IsRoot(domain, label) : HasPublicLabel(domain, label))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The label is the last one (<c>x.edu</c>) or stands before a country (<c>x.edu.au</c>).</summary>
    private static bool HasPublicLabel(ReadOnlySpan<char> domain, string label) =>
        LastLabel(domain).SequenceEqual(label) || HasCountryLabel(domain, label);

    private static bool HasCountryLabel(ReadOnlySpan<char> domain, string label)
    {
        ReadOnlySpan<char> country = LastLabel(domain);
        return country.Length == 2 && LastLabel(domain[..^(country.Length + 1)]).SequenceEqual(label);
    }

    /// <summary><c>bund.de</c>, <c>europa.eu</c> and what lies under them.</summary>
    private static bool IsRoot(ReadOnlySpan<char> domain, string label) => HasCountryLabel(domain, label);

    private static ReadOnlySpan<char> LastLabel(ReadOnlySpan<char> domain) => domain[(domain.LastIndexOf('.') + 1)..];
}
