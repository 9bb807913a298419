//! .NET: C#, F# and Visual Basic projects.

use super::Basis::Typical;
use super::{IgnoreGroup, ProjectKind, Signs, TypicalFile, common};

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "dotnet",
    title: ".NET",
    families: &["dotnet"],
    signs: &[Signs {
        images: &[("dotnet/", 6)],
        commands: &[("dotnet", 6), ("nuget", 5)],
        files: &[
            ("*.csproj", 8),
            ("*.fsproj", 8),
            ("*.vbproj", 8),
            // A solution stands above its projects.
            ("*.sln", 5),
            ("*.slnx", 5),
            ("Directory.Build.props", 5),
            ("*.cs", 5),
        ],
        ignored: &[("obj", 2), (".vs", 2)],
    }],
    installers: &[("dotnet", &["*.csproj"])],
    main_file: "Program.cs",
    files: &[&[
        TypicalFile::many(
            "Program.cs",
            80,
            [10_000, 400_000, 8_000_000],
            Typical("a service's sources"),
        ),
        TypicalFile::one("appsettings.json", [100, 800, 5_000], Typical("settings")),
        TypicalFile::many(
            "bin/Debug/net9.0/app.dll",
            90,
            [200_000, 15_000_000, 200_000_000],
            Typical("a debug build with its packages"),
        )
        .junk(),
        TypicalFile::many(
            "obj/project.assets.json",
            50,
            [100_000, 2_000_000, 30_000_000],
            Typical("what a build leaves between"),
        )
        .junk(),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Output: the build makes it again",
                lines: &["**/bin", "**/obj"],
                made_by: &["dotnet build", "dotnet publish", "dotnet restore"],
            },
            IgnoreGroup {
                comment: "Settings of one machine and test results",
                lines: &["**/.vs", "**/*.user", "**/TestResults"],
                made_by: &[],
            },
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build\nWORKDIR /src\nCOPY *.csproj ./\nRUN dotnet restore\nCOPY . .\n\
                 RUN dotnet publish -o /out\nFROM mcr.microsoft.com/dotnet/aspnet:9.0\nCOPY --from=build /out /app\n",
};
