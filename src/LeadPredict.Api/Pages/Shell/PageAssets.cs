using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Api.Pages.Shell;

/// <summary>The style, the script and the icon of the pages. Their paths change with their content, so browsers may keep them for ever.</summary>
public static class PageAssets
{
    /// <summary>The style sheet.</summary>
    public static PageAsset Style { get; } = PageAsset.Read("site.css", "text/css; charset=utf-8");

    /// <summary>The script, which pages do without.</summary>
    public static PageAsset Script { get; } = PageAsset.Read("site.js", "text/javascript; charset=utf-8");

    /// <summary>The icon.</summary>
    public static PageAsset Icon { get; } = PageAsset.Read("icon.svg", "image/svg+xml");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PageAsset> All { get; } = [Style, Script, Icon];
}

/// <summary>A file that pages refer to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Text">Its content.</param>
public sealed record PageAsset(string Name, string ContentType, string Text)
{
    /// <summary>Where it is served.</summary>
    public string Path { get; } = $"/assets/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..12]}/{Name}";

    /// <summary>Its hash as content security policies write it.</summary>
    public string PolicyHash { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";

    internal static PageAsset Read(string name, string contentType)
    {
        using Stream stream = typeof(PageAsset).Assembly.GetManifestResourceStream("assets/" + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new(name, contentType, reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
