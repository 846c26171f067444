"use client";
import { useApolloClient } from "@apollo/client/react";
import { Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

const period = 8_000;
const patience = 5_000;

async function answers(): Promise<boolean> {
  const response = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(patience) }).catch(
    () => null,
  );
  return response?.ok === true;
}

/** Says when the server is gone, so that nobody takes an old screen for the present; loads anew what is shown when it is back. */
export function ServerWatch() {
  const client = useApolloClient();
  const [lost, setLost] = useState(false);
  const wasLost = useRef(false);

  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout>;
    async function look() {
      // A hidden tab asks nothing; it looks when it is seen again.
      const isUp = document.hidden ? !wasLost.current : await answers();
      if (ended) return;
      setLost(!isUp);
      if (isUp && wasLost.current) await client.refetchQueries({ include: "active" });
      wasLost.current = !isUp;
      if (!ended) timer = setTimeout(look, wasLost.current ? period / 4 : period);
    }
    timer = setTimeout(look, period);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [client]);

  return (
    <div role="status" className={lost ? "server-lost" : undefined}>
      {lost && (
        <Text size="sm">
          <b>Tessera’s server does not answer.</b> What you see may be old. This page goes on by itself when the server
          is back.
        </Text>
      )}
    </div>
  );
}
