import { hashPassword } from "@tessera/store/secrets";
import type { Page } from "playwright-core";
import type { TestDatabase } from "../../support/database.ts";
import { isAlive } from "./screens.ts";

const ada = { email: "ada@example.org", password: "a sentence is easier to keep" };

/** Gives the test database's person a password. */
export async function allowSignIn({ owner }: TestDatabase): Promise<void> {
  await owner`update users set password_hash = ${await hashPassword(ada.password)} where email = ${ada.email}`;
}

/** As a person would: the form, then the page that was asked for. */
export async function signIn(page: Page, url: string, next = "/experiments", { email, password } = ada): Promise<void> {
  await page.goto(`${url}/sign-in?next=${encodeURIComponent(next)}`);
  await page.waitForFunction(isAlive("form"));
  await page.getByLabel("E-mail").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${url}${next}`);
}
