using System.Globalization;

namespace LeadPredict.Storage.Migrations;

/// <summary>One numbered step of a store's schema. Steps never change once released; a mended schema is a new step.</summary>
/// <param name="Version">Counts from 1 without gaps.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Statements">SQL, several statements.</param>
internal sealed record Migration(int Version, string Name, string Statements)
{
    /// <summary>The steps of one kind of store (<c>Sqlite</c>), in order, from the files embedded under <c>Migrations/KIND/</c>.</summary>
    public static IReadOnlyList<Migration> Of(string kind)
    {
        string folder = $"Migrations/{kind}/";
        Migration[] all = [.. typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => Load(name, name[folder.Length..]))
            .OrderBy(migration => migration.Version)];
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].Version != i + 1)
            {
                throw new InvalidOperationException($"migration {all[i].Name} of {kind} stands where number {i + 1} was expected");
            }
        }

        return all;
    }

    private static Migration Load(string resource, string file)
    {
        using Stream stream = typeof(Migration).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return new(int.Parse(file.AsSpan(0, 3), CultureInfo.InvariantCulture), file, reader.ReadToEnd());
    }
}
