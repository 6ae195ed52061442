"""The words of signing in, and of what somebody may not do."""

WORDS: dict[str, tuple[str, str]] = {
    "access.sign_in": ("登录", "Sign in"),
    "access.sign_out": ("退出登录", "Sign out"),
    "access.name": ("用户名", "Name"),
    "access.password": ("密码", "Password"),
    "access.forgotten": (
        "没有账号或忘了密码，请找管理员。",
        "No account, or the password forgotten? Ask whoever runs Youju.",
    ),
    "access.wrong": (
        "用户名或密码不对，请再试一次。",
        "Name or password is wrong: try again.",
    ),
    "access.wait": (
        "登录失败次数较多，请 {seconds} 秒后再试。",
        "Too many failed attempts: try again in {seconds} seconds.",
    ),
    "access.accounts": ("账号", "Accounts"),
    "access.role": ("角色", "Role"),
    "access.role.reader": ("读者：提问、阅读", "reader: asks and reads"),
    "access.role.editor": ("编辑：还能添加、修改、移除", "editor: also adds, edits and removes"),
    "access.role.admin": ("管理员：还能查看账号", "admin: also sees the accounts"),
    "access.collections": ("可看的文件集", "Collections"),
    "access.all": ("全部", "all"),
    "access.made": ("建立日期", "Made on"),
    "access.token": ("程序令牌", "Token"),
    "access.yes": ("有", "yes"),
    "access.no": ("无", "no"),
    "access.by_command": (
        "增删账号、改密码和角色，请在运行有据的电脑上用 youju user 命令。",
        "Accounts are made and changed on the machine that runs Youju, by `youju user`.",
    ),
    "access.back": ("返回", "Back"),
    "access.nothing_to_read": (
        "资料库里还没有您能看的文件。请找编辑或管理员添加，或请他们开放给您。",
        "There is no document yet that your account sees: ask an editor to add or open some.",
    ),
}
