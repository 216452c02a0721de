"""The forges on which repositories can be made; apart, for the command line loads little."""

FORGES = ("github", "gitlab", "gitea", "gitee")
